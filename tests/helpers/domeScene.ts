import type { Plane } from '#core/image/Plane';
import { noisePlane, planeOf } from '#tests/helpers/planes';

const BLUR_PX_PER_PLANE = 0.8;
const STEPS_PER_PLANE = 4;

/** A textured dome seen through defocus, and what an image that is sharp everywhere would show. */
export interface DomeScene {
  readonly planes: Plane[];
  readonly truth: Plane;
  /** Plane number, with fractions, in which each pixel is sharp. */
  readonly depth: Plane;
}

/** Builds the scene: the blur of a pixel grows with its distance from the plane, in quarters of a plane. */
export function domeScene(width: number, height: number, planeCount: number): DomeScene {
  const depth = planeOf(width, height, (x, y) => {
    const dx = (2 * x) / (width - 1) - 1;
    const dy = (2 * y) / (height - 1) - 1;
    return 1 + (planeCount - 3) * Math.max(0, 1 - (dx * dx + dy * dy) / 1.6);
  });
  const fine = blurred(noisePlane(width, height, 1, 1), 1);
  const coarse = blurred(noisePlane(width, height, 2, 1), 6);
  const truth = planeOf(width, height, (x, y) => {
    const i = y * width + x;
    return 1000 + 3000 * (fine.data[i] - 0.5) + 6000 * (coarse.data[i] - 0.5);
  });
  const defocused = Array.from({ length: STEPS_PER_PLANE * planeCount + 1 }, (_, step) =>
    blurred(truth, (step / STEPS_PER_PLANE) * BLUR_PX_PER_PLANE),
  );
  const planes = Array.from({ length: planeCount }, (_, z) =>
    planeOf(width, height, (x, y) => {
      const i = y * width + x;
      return defocused[Math.round(STEPS_PER_PLANE * Math.abs(z - depth.data[i]))].data[i];
    }),
  );
  return { planes, truth, depth };
}

/** Gaussian blur with mirrored borders. */
function blurred(plane: Plane, sigmaPx: number): Plane {
  if (sigmaPx === 0) return plane;
  return transposed(blurRows(transposed(blurRows(plane, sigmaPx)), sigmaPx));
}

function blurRows({ width, height, data }: Plane, sigmaPx: number): Plane {
  const radius = Math.ceil(3.5 * sigmaPx);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, k) =>
    Math.exp(-((k - radius) ** 2) / (2 * sigmaPx ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const columns = Int32Array.from({ length: width + 2 * radius }, (_, k) => {
    const wrapped = (((k - radius) % (2 * width)) + 2 * width) % (2 * width);
    return wrapped < width ? wrapped : 2 * width - 1 - wrapped;
  });
  const out = new Float32Array(width * height);
  const line = new Float64Array(columns.length);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < line.length; k++) line[k] = data[y * width + columns[k]];
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k] * line[x + k];
      out[y * width + x] = sum / total;
    }
  }
  return { width, height, data: out };
}

function transposed({ width, height, data }: Plane): Plane {
  return planeOf(height, width, (x, y) => data[x * width + y]);
}
