import type { Plane } from '#core/image/Plane';
import { AxialError } from '#core/util/errors';
import { cropMask, maskPyramid } from './maskPyramid';
import { paddedSpline, SPLINE_PADDING } from './paddedSpline';
import type { PaddedSpline } from './paddedSpline';
import { smoothAgainstNoise } from './smoothAgainstNoise';
import { pyramidDepth, splinePyramid } from './splinePyramid';
import type { SplineLevel } from './splinePyramid';

/** One resolution of a plane, with what registration reads of it. All grids are row-major (y, x). */
export interface RegistrationLevel {
  readonly width: number;
  readonly height: number;
  /** Samples less the mean of the plane. */
  readonly samples: Float32Array;
  /** Derivatives of the spline at the pixel centres, per pixel of this level. */
  readonly gradientX: Float32Array;
  readonly gradientY: Float32Array;
  /** Spline of the samples less the mean of the plane. */
  readonly spline: PaddedSpline;
  /** Not 0 where a pixel counts; `null` where all do. */
  readonly mask: Uint8Array | null;
}

/** A plane of which not every pixel need count. */
export interface MaskedPlane extends Plane {
  /** Row-major (y, x), 0 where a pixel does not count; left out when all do. */
  readonly mask?: Uint8Array;
}

/** A plane made ready for registration; it can serve as reference and as moving plane, many times. */
export interface RegistrationPyramid {
  /** Size of the whole plane in pixels. */
  readonly width: number;
  readonly height: number;
  /** Mean of the registered part; splines and samples are relative to it. */
  readonly mean: number;
  /** True when every registered pixel has the same value. */
  readonly isConstant: boolean;
  /** From fine to coarse; empty when the plane is too small to register. */
  readonly levels: readonly RegistrationLevel[];
}

/** Planes with a shorter side than this hold too little to register. */
export const SMALLEST_REGISTERED_SIDE_PX = 4;

/** What registration reads of a level at the pixel centres. */
interface LevelGrids {
  readonly samples: Float32Array;
  readonly gradientX: Float32Array;
  readonly gradientY: Float32Array;
}

/** Values and derivatives of a cubic spline at the pixel centres, from the 3 x 3 coefficients around each. */
function levelGrids({ width, height, stride, data: c }: PaddedSpline): LevelGrids {
  const samples = new Float32Array(width * height);
  const gradientX = new Float32Array(width * height);
  const gradientY = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let p = (y + SPLINE_PADDING) * stride + SPLINE_PADDING;
    for (let i = y * width; i < (y + 1) * width; i++, p++) {
      const nw = c[p - stride - 1];
      const n = c[p - stride];
      const ne = c[p - stride + 1];
      const w = c[p - 1];
      const e = c[p + 1];
      const sw = c[p + stride - 1];
      const s = c[p + stride];
      const se = c[p + stride + 1];
      samples[i] = (16 * c[p] + 4 * (n + w + e + s) + nw + ne + sw + se) / 36;
      gradientX[i] = (ne - nw + 4 * (e - w) + se - sw) / 12;
      gradientY[i] = (sw - nw + 4 * (s - n) + se - ne) / 12;
    }
  }
  return { samples, gradientX, gradientY };
}

/** A level whose grids are made when somebody asks: a plane that is only a reference needs its spline alone. */
function registrationLevel(level: SplineLevel, mask: Uint8Array | null): RegistrationLevel {
  const { width, height } = level;
  const spline = paddedSpline(level.coefficients, width, height);
  let made: LevelGrids | null = null;
  const grids = (): LevelGrids => (made ??= levelGrids(spline));
  return {
    width,
    height,
    spline,
    mask,
    get samples() {
      return grids().samples;
    },
    get gradientX() {
      return grids().gradientX;
    },
    get gradientY() {
      return grids().gradientY;
    },
  };
}

/**
 * Builds the spline pyramid of a plane for registration, without its last row and column, as
 * StackReg does. A plane whose noise would blunt its registration is smoothed first. A masked pixel stays in the splines, but is never compared; on the coarser levels a
 * pixel counts where any of the nine finer ones around it does.
 *
 * @throws AxialError ImpossibleRequestError when a pixel is not a finite number
 * Source: Thevenaz, Ruttimann & Unser 1998, doi:10.1109/83.650848.
 */
export function registrationPyramid(plane: MaskedPlane): RegistrationPyramid {
  const { width, height, data } = plane;
  let sum = 0;
  for (let i = 0; i < data.length; i++) sum += data[i];
  if (!Number.isFinite(sum)) {
    throw new AxialError(
      'ImpossibleRequestError',
      'The plane holds pixels that are not finite numbers, so it cannot be aligned.',
      'Replace NaN and infinite pixels first, for instance by the background value.',
    );
  }
  const tooSmall = Math.min(width, height) < SMALLEST_REGISTERED_SIDE_PX;
  const w = tooSmall ? width : width - 1;
  const h = tooSmall ? height : height - 1;
  const samples = new Float64Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) samples[y * w + x] = data[y * width + x];
  }
  let isConstant = true;
  for (let i = 1; i < samples.length && isConstant; i++) isConstant = samples[i] === samples[0];
  if (tooSmall) return { width, height, mean: 0, isConstant, levels: [] };
  let total = 0;
  for (let i = 0; i < samples.length; i++) total += samples[i];
  const mean = total / samples.length;
  for (let i = 0; i < samples.length; i++) samples[i] -= mean;
  const splines = splinePyramid(smoothAgainstNoise(samples, w, h), w, h, pyramidDepth(w, h));
  const masks = plane.mask ? maskPyramid(cropMask(plane.mask, width, w, h), splines) : [];
  const levels = splines.map((level, i) => registrationLevel(level, masks[i] ?? null));
  return { width, height, mean, isConstant, levels };
}
