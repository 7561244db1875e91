import { detailSurvey, type PlaneSurvey } from './detailSurvey';
import type { EdfResult } from './EdfResult';
import type { EdfWork } from './edfWork';
import { focusWindows } from './focusPyramid';
import { JOIN_REACH_PX } from './joinEstimates';
import type { NoiseModel } from './noiseModel';
import { emptyTrack, trackPeaks } from './peakTracker';
import type { PlanePasses } from './planePasses';
import { rowBands, type RowBand } from './rowBands';
import { rowsOf } from './StoredPlane';

/** Planes that are surveyed, spread evenly over the stack. */
const SURVEYED_PLANES = 8;

/** Rough time of each step for one pixel, so that progress is even; per plane, or once. */
const COSTS = {
  survey: 12,
  search: 60,
  surface: 250,
  sampling: 10,
  joining: 120,
};

/**
 * Extended depth of field along a surface of focus. Three passes: survey the noise and the detail of
 * the stack; find, for windows of 1.5 to 23 pixels, where the sharpness peaks along z, and join the
 * peaks to one surface between the planes; fit the image on that surface. Meant for a sheet or
 * a relief: one depth per pixel. Memory is that of about 15 planes in single precision, however many
 * there are.
 *
 * @see Nayar S. K. and Nakagawa Y., Shape from focus, IEEE Trans. Pattern Analysis 16, 1994,
 * doi:10.1109/34.308479; Pertuz S., Puig D., Garcia M. A., Pattern Recognition 46, 2013,
 * doi:10.1016/j.patcog.2012.11.011
 */
export async function focusSurfaceEdf(passes: PlanePasses, work: EdfWork): Promise<EdfResult> {
  const { width, height, planeCount } = passes;
  const shares = sharesOf(planeCount);
  const surveys: PlaneSurvey[] = [];
  await passes.each({
    share: shares.survey,
    planes: spread(planeCount, SURVEYED_PLANES),
    work: work.surveyPlanes,
    take: (found) => void surveys.push(...found),
  });
  const survey = detailSurvey(surveys);
  const surface = await searchSurface(passes, work, survey, shares);
  const fused = await imageOn(surface, passes, work, survey.noise, shares);
  return {
    fused: { width, height, data: fused },
    heightMap: { width, height, data: rounded(surface) },
    surface: { width, height, data: surface },
    unassigned: null,
  };
}

async function searchSurface(
  passes: PlanePasses,
  work: EdfWork,
  { weights, noiseLevel }: ReturnType<typeof detailSurvey>,
  shares: typeof COSTS,
): Promise<Float32Array<ArrayBuffer>> {
  const tracks = focusWindows(passes).map((window) => emptyTrack(window.width * window.height));
  let previous: readonly Float32Array[] = tracks.map(({ before }) => before);
  await passes.each({
    share: shares.search,
    work: (batch) => work.focusMaps({ ...batch, weights }),
    take: (planes, z) => {
      tracks.forEach((track, n) => {
        const maps = planes.map((windows) => windows[n]);
        trackPeaks(track, maps, previous[n], z);
      });
      previous = planes[planes.length - 1];
    },
  });
  const { width, height, planeCount } = passes;
  const search = { width, height, planeCount, tracks, noiseLevel };
  return passes.pause(shares.surface, () => work.focusSurface(search));
}

/** The image on the surface, by bands of rows that are sampled and joined side by side. */
async function imageOn(
  surface: Float32Array<ArrayBuffer>,
  passes: PlanePasses,
  work: EdfWork,
  noise: NoiseModel,
  shares: typeof COSTS,
): Promise<Float32Array<ArrayBuffer>> {
  const { width, height, planeCount } = passes;
  const bands = rowBands(height, passes.threads, JOIN_REACH_PX);
  const inBands = <T>(each: (band: RowBand, index: number) => T | Promise<T>): Promise<T[]> =>
    Promise.all(bands.map(each));
  let samplings = await inBands(({ from, to }) =>
    work.beginSampling({ surface: surface.slice(from * width, to * width), width, planeCount }),
  );
  await passes.each({
    share: shares.sampling,
    work: ({ planes }) => planes,
    take: async (planes, z) => {
      samplings = await inBands(({ from, to }, k) => {
        const rows = planes.map((plane) => rowsOf(plane, from, to));
        return work.sampleSurface({ sampling: samplings[k], planes: rows, z });
      });
    },
  });
  return passes.pause(shares.joining, async () => {
    const parts = await inBands((_, k) => work.joinEstimates({ sampling: samplings[k], noise }));
    const image = new Float32Array(width * height);
    bands.forEach(({ top, bottom, from }, k) => {
      const rows = parts[k].subarray((top - from) * width, (bottom - from) * width);
      image.set(rows, top * width);
    });
    return image;
  });
}

function rounded(surface: Float32Array): Uint16Array<ArrayBuffer> {
  const whole = new Uint16Array(surface.length);
  for (let i = 0; i < whole.length; i++) whole[i] = surface[i] + 0.5;
  return whole;
}

function sharesOf(planeCount: number): typeof COSTS {
  const { survey, search, surface, sampling, joining } = COSTS;
  const perPlane = survey * Math.min(1, SURVEYED_PLANES / planeCount) + search + sampling;
  const total = perPlane * planeCount + surface + joining;
  return {
    survey: (survey * Math.min(planeCount, SURVEYED_PLANES)) / total,
    search: (search * planeCount) / total,
    surface: surface / total,
    sampling: (sampling * planeCount) / total,
    joining: joining / total,
  };
}

/** At most `most` of the numbers below `count`, evenly spread, the first and last among them. */
function spread(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, z) => z);
  return Array.from({ length: most }, (_, k) => Math.round((k * (count - 1)) / (most - 1)));
}
