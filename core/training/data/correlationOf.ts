import {
  MARGIN_PX,
  type PlaneCorrelation,
  ringPosition,
  RINGS,
} from '#core/image/PlaneCorrelation';
import { MirroredField } from '#core/util/fourier/MirroredField';

/** Distances at which planes are compared, 0 included. */
const DISTANCES = 65;

/** Planes of one stack, row-major (y, x), from the first one on. */
export interface CorrelatedStack {
  readonly planes: readonly Float32Array[];
  readonly width: number;
  readonly height: number;
  readonly zStepUm: number;
}

/**
 * Measures how alike planes are, by lateral frequency and distance, as the mean over stacks. Planes should be free
 * of noise, which is alike at no distance.
 *
 * @param reachUm the largest distance; where all stacks are too shallow for one, the largest that they have counts
 * @throws RangeError when there is no stack of at least two planes
 */
export function correlationOf(
  stacks: readonly CorrelatedStack[],
  reachUm: number,
): PlaneCorrelation {
  const sums = Array.from({ length: RINGS }, () => new Float64Array(DISTANCES));
  const counts = sums.map(() => new Float64Array(DISTANCES));
  for (const stack of stacks) addStack(stack, reachUm, sums, counts);
  if (!counts.some((row) => row[0]! > 0)) {
    throw new RangeError('Correlations need a stack of at least two planes.');
  }
  const values = sums.map((row, ring) => {
    const found: number[] = [];
    row.forEach((sum, d) => {
      const count = counts[ring]![d]!;
      found.push(count > 0 ? rounded(sum / count) : (found.at(-1) ?? 1));
    });
    return found;
  });
  return { reachUm, values };
}

function addStack(
  stack: CorrelatedStack,
  reachUm: number,
  sums: readonly Float64Array[],
  counts: readonly Float64Array[],
): void {
  const { zStepUm } = stack;
  if (stack.planes.length < 2) return;
  const { spectra, rings } = spectraOf(stack);
  const powers = spectra.map((spectrum) => crossPower(spectrum, spectrum, rings));
  const known = new Map<number, Float64Array>();
  const at = (lag: number): Float64Array => {
    const found = known.get(lag) ?? correlationAtLag(spectra, powers, rings, lag);
    known.set(lag, found);
    return found;
  };
  for (let d = 0; d < DISTANCES; d++) {
    const lag = (d * reachUm) / (DISTANCES - 1) / zStepUm;
    const below = Math.min(Math.floor(lag), spectra.length - 2);
    if (lag > spectra.length - 1) break;
    const [near, far] = [at(below), at(below + 1)];
    for (let ring = 0; ring < RINGS; ring++) {
      if (!powers.some((power) => power[ring]! > 0)) continue;
      sums[ring]![d]! += near[ring]! + (lag - below) * (far[ring]! - near[ring]!);
      counts[ring]![d]!++;
    }
  }
}

function spectraOf({ planes, width, height }: CorrelatedStack) {
  const field = new MirroredField({ width, height }, { marginPx: MARGIN_PX });
  const rings = new Uint8Array(field.layout.length);
  field.eachFrequency((at, periodsPerPx) => (rings[at] = ringPosition(periodsPerPx)));
  const spectra = planes.map((plane) =>
    field.spectrum(plane, new Float32Array(2 * field.layout.length)),
  );
  // The mean says nothing of detail.
  for (const spectrum of spectra) spectrum.fill(0, 0, 2);
  return { spectra, rings };
}

/** Correlation of all pairs of planes `lag` apart: what they share, over what they hold. */
function correlationAtLag(
  spectra: readonly Float32Array[],
  powers: readonly Float64Array[],
  rings: Uint8Array,
  lag: number,
): Float64Array {
  const shared = new Float64Array(RINGS);
  const here = new Float64Array(RINGS);
  const there = new Float64Array(RINGS);
  for (let z = 0; z + lag < spectra.length; z++) {
    const both = crossPower(spectra[z]!, spectra[z + lag]!, rings);
    for (let ring = 0; ring < RINGS; ring++) {
      shared[ring]! += both[ring]!;
      here[ring]! += powers[z]![ring]!;
      there[ring]! += powers[z + lag]![ring]!;
    }
  }
  return shared.map((value, ring) => {
    const scale = Math.sqrt(here[ring]! * there[ring]!);
    return scale > 0 ? value / scale : 0;
  });
}

/** Real part of one spectrum times the conjugate of another, added up by ring. */
function crossPower(one: Float32Array, other: Float32Array, rings: Uint8Array): Float64Array {
  const sums = new Float64Array(RINGS);
  for (let i = 0; i < rings.length; i++) {
    sums[rings[i]!]! += one[2 * i]! * other[2 * i]! + one[2 * i + 1]! * other[2 * i + 1]!;
  }
  return sums;
}

function rounded(value: number): number {
  return Math.round(Math.min(1, Math.max(-1, value)) * 1e4) / 1e4;
}
