import { besselJ0 } from './besselJ0';
import { besselJ1 } from './besselJ1';
import type { QuadratureRule } from './gaussLegendre';
import { gaussLegendre } from './gaussLegendre';

/**
 * Light of a spot that falls into a pinhole, by the distance between spot and pinhole: the convolution with a
 * disc, as a product between two Hankel transforms.
 *
 * @param table intensities, row-major (z, r), that vanish beyond the last radius
 * @param radii distances in micrometres, as the nodes of a quadrature rule
 * @param pinholeUm radius of the pinhole in the specimen, in micrometres; 0 is a point
 * @param cutoff largest frequency in the intensities, in periods per micrometre
 * @returns mean intensity over the pinhole, row-major (z, r)
 */
export function throughPinhole(
  table: Float64Array,
  radii: QuadratureRule,
  pinholeUm: number,
  cutoff: number,
): Float64Array<ArrayBuffer> {
  const count = radii.nodes.length;
  const radiusUm = radii.nodes[count - 1]!;
  const frequencies = gaussLegendre(Math.ceil(Math.PI * radiusUm * cutoff) + 30, 0, cutoff);
  const spectrum = new Float64Array(table.length / count);
  const result = new Float64Array(table.length);
  const kernel = new Float64Array(count);
  for (let f = 0; f < frequencies.nodes.length; f++) {
    const turn = 2 * Math.PI * frequencies.nodes[f]!;
    for (let r = 0; r < count; r++) kernel[r] = besselJ0(turn * radii.nodes[r]!);
    const gain = frequencies.weights[f]! * turn * 2 * Math.PI * discTransform(turn * pinholeUm);
    for (let z = 0; z < spectrum.length; z++) {
      let sum = 0;
      for (let r = 0; r < count; r++) {
        sum += radii.weights[r]! * radii.nodes[r]! * kernel[r]! * table[z * count + r]!;
      }
      const scaled = gain * sum;
      for (let r = 0; r < count; r++) {
        result[z * count + r] = result[z * count + r]! + scaled * kernel[r]!;
      }
    }
  }
  return result;
}

/** Fourier transform of a disc of unit light: 2 J1(x) / x. */
function discTransform(x: number): number {
  return x === 0 ? 1 : (2 * besselJ1(x)) / x;
}
