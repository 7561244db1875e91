import { rowProducts } from '#core/util/simd/rowProducts';
import type { OpticalSystem } from './OpticalSystem';
import { besselJ0 } from './besselJ0';
import { besselJ1 } from './besselJ1';
import { opticalPaths, pupilNodes } from './opticalPaths';
import { pupilRule } from './pupilRule';
import { pupilWaves } from './pupilWaves';
import { squaredModuli } from './squaredModuli';

/** Where the emitter lies. */
export interface RichardsWolfOptions {
  /** Depth of the emitter below the coverslip, in micrometres. @default 0 */
  readonly depthUm?: number;
}

/**
 * Vectorial wide-field point-spread function for an emitter of no preferred direction: |I0|^2 + 2 |I1|^2 +
 * |I2|^2 of Richards and Wolf, with the light paths of Gibson and Lanni and the transmission of the
 * surfaces between immersion, coverslip and specimen (Török & Varga 1997, doi:10.1364/AO.36.002305).
 * Without mismatch it is the integral of Richards and Wolf.
 *
 * @param system objective, media and wavelength
 * @param radiiUm distances from the optical axis in object space, in micrometres
 * @param stageUm stage positions in micrometres, as for `gibsonLanni`
 * @returns intensities, not normalised, row-major (z, r)
 * @throws RangeError when the aperture, an index or the wavelength makes no sense
 * @see Richards & Wolf 1959, doi:10.1098/rspa.1959.0200
 */
export function richardsWolf(
  system: OpticalSystem,
  radiiUm: ArrayLike<number>,
  stageUm: ArrayLike<number>,
  { depthUm = 0 }: RichardsWolfOptions = {},
): Float64Array<ArrayBuffer> {
  const paths = opticalPaths(system, depthUm);
  const rule = pupilRule(paths, pupilNodes(system, paths, radiiUm, stageUm));
  const { rho } = rule;
  const amplitudes = Array.from(rho, (value) => amplitudesAt(system, value));
  const tables = besselTables(system, rho, radiiUm, amplitudes);
  const waves = pupilWaves(system, paths, rule, stageUm);
  const [zeroth, first, second] = tables.map((table) =>
    squaredModuli(rowProducts(waves, table, rho.length), radiiUm.length),
  ) as [Float64Array<ArrayBuffer>, Float64Array, Float64Array];
  return zeroth.map((value, at) => value + 2 * first[at]! + second[at]!);
}

/** What the pupil adds to I0, I1 and I2 at one radius, before Bessel functions and phase. */
function amplitudesAt(system: OpticalSystem, rho: number): readonly [number, number, number] {
  const { immersionIndex, specimenIndex, coverslipIndex = 1.515, numericalAperture } = system;
  const sine = rho * numericalAperture;
  const cosineIn = (index: number): number => Math.sqrt(Math.max(0, 1 - (sine / index) ** 2));
  const [outer, glass, inner] = [immersionIndex, coverslipIndex, specimenIndex].map((index) => ({
    index,
    cosine: cosineIn(index),
  })) as [Medium, Medium, Medium];
  const first = transmission(outer, glass);
  const second = transmission(glass, inner);
  const across = first.across * second.across;
  const along = first.along * second.along;
  const even = 1 / Math.sqrt(Math.max(1e-12, outer.cosine));
  return [
    even * (across + along * inner.cosine),
    even * along * (sine / specimenIndex),
    even * (across - along * inner.cosine),
  ];
}

interface Medium {
  readonly index: number;
  readonly cosine: number;
}

/** Fresnel's amplitudes of light that goes from one medium into another; 1 when they are alike. */
function transmission(from: Medium, to: Medium): { across: number; along: number } {
  const twice = 2 * from.index * from.cosine;
  return {
    across: twice / (from.index * from.cosine + to.index * to.cosine) || 0,
    along: twice / (to.index * from.cosine + from.index * to.cosine) || 0,
  };
}

/** Amplitude times Bessel function of orders 0, 1 and 2, row-major (r, node). */
function besselTables(
  system: OpticalSystem,
  rho: Float64Array,
  radiiUm: ArrayLike<number>,
  amplitudes: readonly (readonly [number, number, number])[],
): readonly [Float64Array, Float64Array, Float64Array] {
  const length = radiiUm.length * rho.length;
  const tables = [0, 1, 2].map(() => new Float64Array(length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const scale = (2 * Math.PI * system.numericalAperture) / system.emissionUm;
  for (let r = 0, at = 0; r < radiiUm.length; r++) {
    for (let i = 0; i < rho.length; i++, at++) {
      const x = scale * rho[i]! * radiiUm[r]!;
      const zeroth = besselJ0(x);
      const first = besselJ1(x);
      tables[0][at] = amplitudes[i]![0] * zeroth;
      tables[1][at] = amplitudes[i]![1] * first;
      tables[2][at] = amplitudes[i]![2] * (x === 0 ? 0 : (2 * first) / x - zeroth);
    }
  }
  return tables;
}
