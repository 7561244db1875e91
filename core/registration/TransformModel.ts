import { affineMatrix } from './Matrix3';
import type { Matrix3 } from './Matrix3';

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

/** The models whose transforms are affine maps, and so compose. */
export type LinearModelName = Exclude<TransformModel, 'bilinear'>;

/** Centre and half diagonal of the plane in pixels: the frame in which small steps are measured. */
export interface StepFrame {
  readonly centreX: number;
  readonly centreY: number;
  readonly radius: number;
}

/**
 * A family of affine maps, described by the small steps it can take. A step parameter of 1 moves a
 * pixel at distance `radius` from the centre by about one pixel, so that steps compare in pixels.
 */
export interface LinearModel {
  /**
   * One row for each parameter: its displacement field as weights of
   * (dx: 1, X, Y; dy: 1, X, Y), where (X, Y) is the position from the centre over the radius.
   */
  readonly generators: readonly (readonly number[])[];
  /** The map of the family that takes the step `step` (one number for each generator). */
  stepMatrix(step: Float64Array, frame: StepFrame): Matrix3;
}

const SHIFT_X = [1, 0, 0, 0, 0, 0];
const SHIFT_Y = [0, 0, 0, 1, 0, 0];
const TURN = [0, 0, -1, 0, 1, 0];
const GROW = [0, 1, 0, 0, 0, 1];

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

const translation: LinearModel = {
  generators: [SHIFT_X, SHIFT_Y],
  stepMatrix: (step) => affineMatrix(1, 0, step[0], 0, 1, step[1]),
};

const rigid: LinearModel = {
  generators: [SHIFT_X, SHIFT_Y, TURN],
  stepMatrix: (step, frame) => {
    const angle = step[2] / frame.radius;
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    return aboutCentre(frame, [cos, -sin, sin, cos], step[0], step[1]);
  },
};

const scaledRotation: LinearModel = {
  generators: [SHIFT_X, SHIFT_Y, TURN, GROW],
  stepMatrix: (step, frame) => {
    const angle = step[2] / frame.radius;
    const scale = Math.exp(step[3] / frame.radius);
    const cos = scale * Math.cos(angle);
    const sin = scale * Math.sin(angle);
    return aboutCentre(frame, [cos, -sin, sin, cos], step[0], step[1]);
  },
};

const affine: LinearModel = {
  generators: [0, 1, 2, 3, 4, 5].map((at) => [0, 1, 2, 3, 4, 5].map((k) => (k === at ? 1 : 0))),
  stepMatrix: (step, frame) => {
    const r = frame.radius;
    const linear = [1 + step[1] / r, step[2] / r, step[4] / r, 1 + step[5] / r] as const;
    return aboutCentre(frame, linear, step[0], step[3]);
  },
};

/** The small steps of each model. */
export const LINEAR_MODELS: { readonly [model in LinearModelName]: LinearModel } = {
  translation,
  rigid,
  'scaled-rotation': scaledRotation,
  affine,
};
