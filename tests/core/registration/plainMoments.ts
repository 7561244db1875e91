import { mapPoint } from '#core/registration/PlaneMap';
import type { PlaneMap } from '#core/registration/PlaneMap';
import type { RegistrationLevel } from '#core/registration/registrationPyramid';

/** Cubic B-spline. */
function cubic(x: number): number {
  const t = Math.abs(x);
  if (t >= 2) return 0;
  return t >= 1 ? (2 - t) ** 3 / 6 : 2 / 3 - t * t + t ** 3 / 2;
}

function mirrored(i: number, length: number): number {
  if (i < 0) return -1 - i;
  return i < length ? i : 2 * length - 1 - i;
}

/** The spline at (u, v), summed as the definition says. */
function splineAt(level: RegistrationLevel, u: number, v: number): number {
  const { data, stride } = level.spline;
  let sum = 0;
  for (let j = Math.floor(v) - 1; j <= Math.floor(v) + 2; j++) {
    for (let i = Math.floor(u) - 1; i <= Math.floor(u) + 2; i++) {
      const at = (mirrored(j, level.height) + 2) * stride + mirrored(i, level.width) + 2;
      sum += data[at] * cubic(u - i) * cubic(v - j);
    }
  }
  return sum;
}

/** What `residualMoments` and `curvatureMoments` give, one pixel after the other. */
export interface PlainMoments {
  readonly cost: number;
  readonly count: number;
  readonly projection: readonly number[];
  readonly curvature: readonly number[];
}

/** Compares two levels under a map, pixel by pixel: slow, and easy to check against the formulas. */
export function plainMoments(
  reference: RegistrationLevel,
  moving: RegistrationLevel,
  map: PlaneMap,
  offset: number,
): PlainMoments {
  const { width, height } = moving;
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const radius = Math.hypot(centreX, centreY);
  const projection = new Array<number>(8).fill(0);
  const curvature = new Array<number>(64).fill(0);
  let squares = 0;
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = mapPoint(map, x, y);
      const [column, row] = [Math.floor(u + 0.5), Math.floor(v + 0.5)];
      if (column < 0 || row < 0 || column >= reference.width || row >= reference.height) continue;
      if (moving.mask?.[y * width + x] === 0) continue;
      if (reference.mask?.[row * reference.width + column] === 0) continue;
      const difference = splineAt(reference, u, v) - moving.samples[y * width + x] + offset;
      const [X, Y] = [(x - centreX) / radius, (y - centreY) / radius];
      const directions = [moving.gradientX, moving.gradientY].flatMap((gradient) =>
        [1, X, Y, X * Y].map((weight) => gradient[y * width + x] * weight),
      );
      count++;
      squares += difference * difference;
      for (let i = 0; i < 8; i++) {
        projection[i] += difference * directions[i];
        for (let j = 0; j < 8; j++) curvature[8 * i + j] += directions[i] * directions[j];
      }
    }
  }
  return { cost: squares / count, count, projection, curvature };
}
