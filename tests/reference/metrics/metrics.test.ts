import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { affineFit } from '#core/metrics/affineFit';
import { nrmse, type NrmseNorm } from '#core/metrics/nrmse';
import { pairStatistics } from '#core/metrics/pairStatistics';
import { pearson } from '#core/metrics/pearson';
import { psnr } from '#core/metrics/psnr';
import { rmse } from '#core/metrics/rmse';
import { ssim } from '#core/metrics/ssim';
import type { Plane } from '#core/image/Plane';
import { noisePlane, planeOf } from '#tests/helpers/planes';
import { describeWith, runPythonText } from '#tests/helpers/referencePrograms';

const MEASURE = `
import json, sys, numpy
from scipy.stats import linregress
from skimage import metrics
height, span = int(sys.argv[3]), float(sys.argv[4])
x, y = (numpy.fromfile(path, '<f4').reshape(height, -1).astype(float) for path in sys.argv[1:3])
fit = linregress(x.ravel(), y.ravel())
print(json.dumps({
    'ssim': metrics.structural_similarity(y, x, gaussian_weights=True, sigma=1.5,
                                          use_sample_covariance=False, data_range=span),
    'psnr': metrics.peak_signal_noise_ratio(y, x, data_range=span),
    'rmse': metrics.mean_squared_error(y, x) ** 0.5,
    'euclidean': metrics.normalized_root_mse(y, x, normalization='euclidean'),
    'min-max': metrics.normalized_root_mse(y, x, normalization='min-max'),
    'mean': metrics.normalized_root_mse(y, x, normalization='mean'),
    'pearson': fit.rvalue, 'scale': fit.slope, 'offset': fit.intercept,
}))
`;

type Figures = Record<
  NrmseNorm | 'ssim' | 'psnr' | 'rmse' | 'pearson' | 'scale' | 'offset',
  number
>;

/** A smooth image with noise, and a dimmer, noisier version of it. */
function pairOf(width: number, height: number, seed: number, range: number): [Plane, Plane] {
  const noise = noisePlane(width, height, seed, 1);
  const more = noisePlane(width, height, seed + 100, 1);
  const truth = planeOf(width, height, (x, y) => {
    const wave = Math.sin(x / 5) * Math.cos(y / 7);
    return range * (0.4 + 0.3 * wave + 0.1 * noise.data[y * width + x]);
  });
  const result = planeOf(width, height, (x, y) => {
    const i = y * width + x;
    return 0.8 * truth.data[i] + range * (0.05 + 0.1 * more.data[i]);
  });
  return [result, truth];
}

describeWith('python', 'metrics against scikit-image and scipy', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'axial-metrics-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each([
    [11, 11, 1],
    [12, 37, 1],
    [120, 81, 255],
    [257, 64, 65_535],
  ])('are equal at %i x %i pixels with a range of %i', async (width, height, range) => {
    const [result, truth] = pairOf(width, height, width, range);
    const files = [join(folder, 'result.raw'), join(folder, 'truth.raw')];
    await writeFile(files[0], result.data);
    await writeFile(files[1], truth.data);
    const theirs = await runPythonText<Figures>(MEASURE, ...files, String(height), String(range));
    const statistics = pairStatistics(result, truth);
    expect(ssim(result, truth, range).value).toBeCloseTo(theirs.ssim, 10);
    expect(psnr(statistics, range).value).toBeCloseTo(theirs.psnr, 9);
    expect((rmse(statistics).value ?? 0) / theirs.rmse).toBeCloseTo(1, 11);
    for (const norm of ['euclidean', 'min-max', 'mean'] as const) {
      expect((nrmse(statistics, norm).value ?? 0) / theirs[norm]).toBeCloseTo(1, 11);
    }
    expect(pearson(statistics).value).toBeCloseTo(theirs.pearson, 11);
    const { scale, offset } = affineFit(statistics);
    expect(scale).toBeCloseTo(theirs.scale, 10);
    expect(offset / range).toBeCloseTo(theirs.offset / range, 10);
  });
});
