import { goodFourierLength } from '#core/util/fourier/FourierLines';
import { bestFocus } from './bestFocus';
import { eachAlias } from './eachAlias';
import type { ImagingPlan } from './ImagingPlan';
import type { PupilGrid, PupilOptics } from './PupilIntensity';
import { PupilIntensity } from './PupilIntensity';
import { RealTransform } from '#core/util/fourier/RealTransform';
import type { SimulationOptions } from './SimulationOptions';
import type { SpectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { spectrumLayout } from '#core/util/fourier/SpectrumLayout';
import { defocusRange } from './stackTransfer';
import { coneUm, lightRadiusUm } from './transferTable';

/**
 * Transfer functions of an aberrated wide-field microscope at the kept frequencies of a plan, for some
 * distances between emitting and imaged plane. They are not radial, and complex where the point-spread
 * function is lopsided. At frequency 0 they are 1: no light is lost.
 *
 * The emitter is taken about the best focus that it has without aberrations.
 *
 * @param part first distance (an even one, for pairs are transformed together), as `defocusRange` counts
 *   them, and their number; by default all
 * @returns for each distance its kept frequencies, interleaved (re, im), aliases and the pixels of
 *   the camera included (`eachAlias`)
 * @throws RangeError when the optics make no sense, or light is to be confocal or vectorial
 */
export function pupilTransfer(
  plan: ImagingPlan,
  options: Pick<SimulationOptions, 'system' | 'psf' | 'depthUm' | 'aberrations'>,
  part: { readonly from: number; readonly count: number } = allDistances(plan),
): Float32Array<ArrayBuffer>[] {
  const { system, psf = {}, depthUm = 0, aberrations = {} } = options;
  if (psf.confocal || psf.model === 'richards-wolf') {
    throw new RangeError('Aberrations are simulated with scalar waves in wide field only.');
  }
  const optics = { system, depthUm, aberrations };
  const grid = pupilGrid(plan, optics);
  const { fieldUm, samples } = grid;
  const [width, height] = samples;
  const layout = spectrumLayout({ width, height }, fieldUm, plan.cutoff);
  const pupil = new PupilIntensity(optics, grid);
  const transform = new RealTransform(layout);
  const plane = new Float32Array(width * height);
  const spectrum = new Float32Array(2 * layout.length);
  const gather = gatherer(plan, layout);
  const range = defocusRange(plan);
  const focusUm = bestFocus(system, depthUm);
  return Array.from({ length: part.count }, (_, i) => {
    pupil.fill(focusUm + (range.from + part.from + i) * range.stepUm, plane);
    transform.forwardPlane(plane, spectrum);
    return gather(spectrum);
  });
}

function allDistances(plan: ImagingPlan): { from: number; count: number } {
  const { from, to } = defocusRange(plan);
  return { from: 0, count: to - from + 1 };
}

/** Fields enough that light of the cone does not come back into the radius that counts. */
function pupilGrid(plan: ImagingPlan, { system }: PupilOptics): PupilGrid {
  const { fieldUm, cutoff } = plan;
  const { from, to, stepUm } = defocusRange(plan);
  const reachUm = Math.max(Math.abs(from), Math.abs(to)) * stepUm;
  const radiusUm = lightRadiusUm(system, reachUm, Math.max(...fieldUm));
  // Light that reaches further than twice the radius is too faint to pay for more fields.
  const periodUm = radiusUm + Math.max(radiusUm, Math.min(coneUm(system, reachUm), 2 * radiusUm));
  const samples = fieldUm.map((side) => goodFourierLength(2 * cutoff * side + 2));
  const fields = fieldUm.map((side, axis) => {
    let count = Math.ceil(periodUm / side);
    while (goodFourierLength(count * samples[axis]!) !== count * samples[axis]!) count++;
    return count;
  });
  return {
    fieldUm,
    samples: [samples[0]!, samples[1]!],
    fields: [fields[0]!, fields[1]!],
    radiusUm,
  };
}

/** Collects for every kept frequency of a plan what its aliases have in a spectrum, as shares of all light. */
function gatherer(
  plan: ImagingPlan,
  layout: SpectrumLayout,
): (spectrum: Float32Array) => Float32Array<ArrayBuffer> {
  const targets: number[] = [];
  const sources: number[] = [];
  const factors: number[] = [];
  const signs: number[] = [];
  eachAlias(plan, 0, plan.layout.length, (at, x, y, _, weight) => {
    // The half that is not kept is the complex conjugate.
    const mirrored = x < 0;
    const source = placeOf(layout, Math.abs(x), mirrored ? -y : y);
    if (source === null) return;
    targets.push(2 * at);
    sources.push(2 * source);
    factors.push(weight);
    signs.push(mirrored ? -1 : 1);
  });
  return (spectrum) => {
    const result = new Float32Array(2 * plan.layout.length);
    const whole = spectrum[0]!;
    for (let i = 0; i < targets.length; i++) {
      const [to, source, factor] = [targets[i]!, sources[i]!, factors[i]! / whole];
      result[to] = result[to]! + factor * spectrum[source]!;
      result[to + 1] = result[to + 1]! + signs[i]! * factor * spectrum[source + 1]!;
    }
    return result;
  };
}

/** Place of a frequency among the kept ones, fx 0 or more; `null` when it is not kept. */
function placeOf({ positive, negative, starts }: SpectrumLayout, fx: number, fy: number) {
  if (fx >= starts.length || fy >= positive[fx]! || -fy > negative[fx]!) return null;
  return starts[fx]! + (fy < 0 ? positive[fx]! + negative[fx]! + fy : fy);
}
