import { ENTRIES_PER_PX } from './pointSpreadTable';
import type { Point, PointPlane } from './PointPlanes';

/** x, y, z and light. */
const PARAMETERS = 4;

/** The upper triangle of the matrix, row by row, the gradient, the squares. */
const SUMS = 15;

/** Keeps the matrix from being singular, whatever the unit of light. */
const LEAST_DIAGONAL = 1e-300;

/** Part of a row of pixels, and how far it lies below a point, in pixels along x. */
export interface PointRow {
  readonly dyPx: number;
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** Light by distance from the axis where a point is and a little above it, to see how it changes. */
export interface PointProfiles {
  readonly at: Float32Array;
  readonly above: Float32Array;
  readonly deltaUm: number;
}

/** From what Gauss-Newton steps of one point follow; what has not been explained includes its own light. */
export class NormalEquations {
  private readonly sums = new Float64Array(SUMS);
  private readonly aspect: number;

  /** @param aspect how many times as high as wide a pixel is */
  constructor(aspect: number) {
    this.aspect = aspect;
  }

  /** By how much the weighted squares of what is left fall with the point. */
  get explained(): number {
    return -this.sums[14]!;
  }

  /** Adds the pixels of a row. Everything is local, as numbers that closures share are slow. */
  addRow(
    { rest, weights }: PointPlane,
    { xPx, light }: Point,
    { dyPx, start, from, to }: PointRow,
    { at, above, deltaUm }: PointProfiles,
  ): void {
    let [xx, xy, xz, xl, yy, yz, yl, zz, zl, ll] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let [gx, gy, gz, gl, squares] = [0, 0, 0, 0, 0];
    const perUm = light / deltaUm;
    const dyDown = dyPx * this.aspect;
    for (let x = from; x < to; x++) {
      const dx = x - xPx;
      const distance = Math.sqrt(dyPx * dyPx + dx * dx);
      const r = distance * ENTRIES_PER_PX;
      const i = r | 0;
      const share = r - i;
      const slope = at[i + 1]! - at[i]!;
      const value = at[i]! + share * slope;
      const higher = above[i]! + share * (above[i + 1]! - above[i]!);
      const w = weights[start + x]!;
      const left = rest[start + x]!;
      const e = left - light * value;
      squares += w * (e * e - left * left);
      const radial = distance > 1e-6 ? (-light * slope * ENTRIES_PER_PX) / distance : 0;
      const [px, py, pz] = [radial * dx, radial * dyDown, perUm * (higher - value)];
      const [wx, wy, wz, wl] = [w * px, w * py, w * pz, w * value];
      xx += wx * px;
      xy += wx * py;
      xz += wx * pz;
      xl += wx * value;
      yy += wy * py;
      yz += wy * pz;
      yl += wy * value;
      zz += wz * pz;
      zl += wz * value;
      ll += wl * value;
      gx += wx * e;
      gy += wy * e;
      gz += wz * e;
      gl += wl * e;
    }
    const row = [xx, xy, xz, xl, yy, yz, yl, zz, zl, ll, gx, gy, gz, gl, squares];
    for (let k = 0; k < SUMS; k++) this.sums[k] = this.sums[k]! + row[k]!;
  }

  /** The step (x, y, z, light) to where the squares would be least, were they a paraboloid (Levenberg 1944). */
  step(damping: number): Float64Array {
    const n = PARAMETERS;
    const a = this.matrix();
    const b = this.sums.slice(10, 14);
    for (let i = 0; i < n; i++)
      a[i * n + i] = Math.max(a[i * n + i]! * (1 + damping), LEAST_DIAGONAL);
    for (let k = 0; k < n; k++) {
      for (let i = k + 1; i < n; i++) {
        const factor = a[i * n + k]! / a[k * n + k]!;
        for (let j = k; j < n; j++) a[i * n + j] = a[i * n + j]! - factor * a[k * n + j]!;
        b[i] = b[i]! - factor * b[k]!;
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      for (let j = k + 1; j < n; j++) b[k] = b[k]! - a[k * n + j]! * b[j]!;
      b[k] = b[k]! / a[k * n + k]!;
    }
    return b;
  }

  /** Of second derivatives by x, y, z and light, row-major, 4 x 4. */
  matrix(): Float64Array {
    const matrix = new Float64Array(PARAMETERS ** 2);
    let at = 0;
    for (let i = 0; i < PARAMETERS; i++) {
      for (let j = i; j < PARAMETERS; j++) {
        matrix[i * PARAMETERS + j] = matrix[j * PARAMETERS + i] = this.sums[at++]!;
      }
    }
    return matrix;
  }
}
