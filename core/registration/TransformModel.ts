import { affineMatrix, composeMatrices, invertMatrix } from './Matrix3';
import type { Matrix3 } from './Matrix3';
import { mapPoint } from './PlaneMap';
import type { PlaneMap } from './PlaneMap';

/** The families of transforms that registration can look for. */
export const TRANSFORM_MODELS = [
  'translation',
  'rigid',
  'scaled-rotation',
  'affine',
  'bilinear',
] as const;

/** One of {@link TRANSFORM_MODELS}. */
export type TransformModel = (typeof TRANSFORM_MODELS)[number];

/** Centre and half diagonal of the plane in pixels: the frame in which small steps are measured. */
export interface StepFrame {
  readonly centreX: number;
  readonly centreY: number;
  readonly radius: number;
}

/**
 * A family of maps, described by the small steps it can take. A step parameter of 1 moves a pixel
 * at distance `radius` from the centre by about one pixel, so that steps compare in pixels.
 */
export interface StepModel {
  /**
   * One row for each parameter: its displacement field as weights of
   * (dx: 1, X, Y, X Y; dy: 1, X, Y, X Y), where (X, Y) is the position from the centre over the radius.
   */
  readonly generators: readonly (readonly number[])[];
  /**
   * The map of the family that undoes `step` (one number for each generator) and then applies `map`:
   * exact for the models that are groups, exact at four points for the bilinear model.
   */
  advance(map: PlaneMap, step: Float64Array, frame: StepFrame): PlaneMap;
}

/** A model whose maps form a group: they chain, invert, and are steps from the identity themselves. */
export interface GroupModel extends StepModel {
  /** The map that takes the step. */
  stepMatrix(step: Float64Array, frame: StepFrame): Matrix3;
  /** The step that gives `matrix`: the inverse of `stepMatrix` on maps of the model. */
  stepOf(matrix: Matrix3, frame: StepFrame): Float64Array;
}

/** The models whose transforms can be chained. */
export type GroupModelName = Exclude<TransformModel, 'bilinear'>;

const SHIFT_X = [1, 0, 0, 0, 0, 0, 0, 0];
const SHIFT_Y = [0, 0, 0, 0, 1, 0, 0, 0];
const TURN = [0, 0, -1, 0, 0, 1, 0, 0];
const GROW = [0, 1, 0, 0, 0, 0, 1, 0];

/** Moves a single elementary direction. */
function elementary(at: number): number[] {
  return Array.from({ length: 8 }, (_, k) => (k === at ? 1 : 0));
}

/** A model whose steps are affine maps and form a group. */
function linearModel(
  generators: StepModel['generators'],
  stepMatrix: GroupModel['stepMatrix'],
  turnsOf: (linear: readonly [number, number, number, number]) => readonly number[],
): GroupModel {
  return {
    generators,
    stepMatrix,
    stepOf: (matrix, { centreX, centreY, radius }) => {
      const [[xx, xy, x0], [yx, yy, y0]] = matrix;
      const shiftX = xx * centreX + xy * centreY + x0 - centreX;
      const shiftY = yx * centreX + yy * centreY + y0 - centreY;
      const turns = turnsOf([xx, xy, yx, yy]).map((value) => value * radius);
      return Float64Array.of(shiftX, shiftY, ...turns);
    },
    advance: ({ matrix }, step, frame) => ({
      matrix: composeMatrices(matrix, invertMatrix(stepMatrix(step, frame))),
    }),
  };
}

/** The map x -> linear (x - centre) + centre + shift. */
function aboutCentre(
  frame: StepFrame,
  [xx, xy, yx, yy]: readonly [number, number, number, number],
  shiftX: number,
  shiftY: number,
): Matrix3 {
  const { centreX, centreY } = frame;
  return affineMatrix(
    xx,
    xy,
    centreX - xx * centreX - xy * centreY + shiftX,
    yx,
    yy,
    centreY - yx * centreX - yy * centreY + shiftY,
  );
}

const translation = linearModel(
  [SHIFT_X, SHIFT_Y],
  (step) => affineMatrix(1, 0, step[0], 0, 1, step[1]),
  () => [],
);

const rigid = linearModel(
  [SHIFT_X, SHIFT_Y, TURN],
  (step, frame) => {
    const angle = step[2] / frame.radius;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    return aboutCentre(frame, [cos, -sin, sin, cos], step[0], step[1]);
  },
  ([xx, , yx]) => [Math.atan2(yx, xx)],
);

const scaledRotation = linearModel(
  [SHIFT_X, SHIFT_Y, TURN, GROW],
  (step, frame) => {
    const angle = step[2] / frame.radius;
    const scale = Math.exp(step[3] / frame.radius);
    const cos = scale * Math.cos(angle);
    const sin = scale * Math.sin(angle);
    return aboutCentre(frame, [cos, -sin, sin, cos], step[0], step[1]);
  },
  ([xx, , yx]) => [Math.atan2(yx, xx), Math.log(Math.hypot(xx, yx))],
);

const affine = linearModel(
  [0, 4, 1, 2, 5, 6].map(elementary),
  (step, frame) => {
    const r = frame.radius;
    const linear = [1 + step[2] / r, step[3] / r, step[4] / r, 1 + step[5] / r] as const;
    return aboutCentre(frame, linear, step[0], step[1]);
  },
  ([xx, xy, yx, yy]) => [xx - 1, xy, yx, yy - 1],
);

const bilinear: StepModel = {
  generators: [0, 1, 2, 3, 4, 5, 6, 7].map(elementary),
  advance: (map, step, frame) => {
    const { centreX, centreY, radius } = frame;
    const reach = radius / Math.SQRT2;
    const corners = [-1, 1].flatMap((y) =>
      [-1, 1].map((x) => {
        const at = beforeStep(step, frame, x / Math.SQRT2, y / Math.SQRT2);
        return mapPoint(map, centreX + radius * at[0], centreY + radius * at[1]);
      }),
    );
    return bilinearThrough(corners, centreX, centreY, reach);
  },
};

/** The point, relative to the centre and in radii, that a bilinear step takes to (x, y). */
function beforeStep(
  step: Float64Array,
  { radius }: StepFrame,
  x: number,
  y: number,
): readonly [number, number] {
  let u = x;
  let v = y;
  // Steps are small against the radius: each round wins digits.
  for (let round = 0; round < 12; round++) {
    const dx = step[0] + step[1] * u + step[2] * v + step[3] * u * v;
    const dy = step[4] + step[5] * u + step[6] * v + step[7] * u * v;
    u = x - dx / radius;
    v = y - dy / radius;
  }
  return [u, v];
}

/** The bilinear map that takes the corners of a square about the centre, row by row, to `images`. */
function bilinearThrough(
  images: readonly (readonly [number, number])[],
  centreX: number,
  centreY: number,
  reach: number,
): PlaneMap {
  const part = (k: 0 | 1): [number, number, number, number] => {
    const [a, b, c, d] = images.map((image) => image[k]);
    const xy = (a - b - c + d) / (4 * reach * reach);
    const alongX = (b + d - a - c) / (4 * reach);
    const alongY = (c + d - a - b) / (4 * reach);
    const middle = (a + b + c + d) / 4;
    const x = alongX - xy * centreY;
    const y = alongY - xy * centreX;
    return [x, y, middle - alongX * centreX - alongY * centreY + xy * centreX * centreY, xy];
  };
  const [xx, xy, x0, p] = part(0);
  const [yx, yy, y0, q] = part(1);
  return { matrix: affineMatrix(xx, xy, x0, yx, yy, y0), xy: [p, q] };
}

/** The models whose maps chain. The first two numbers of a step are the shift of the centre. */
export const GROUP_MODELS: { readonly [model in GroupModelName]: GroupModel } = {
  translation,
  rigid,
  'scaled-rotation': scaledRotation,
  affine,
};

/** The small steps of each model. */
export const STEP_MODELS: { readonly [model in TransformModel]: StepModel } = {
  ...GROUP_MODELS,
  bilinear,
};
