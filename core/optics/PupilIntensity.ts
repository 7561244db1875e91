import { FourierLines, LINES_AT_ONCE } from '#core/util/fourier/FourierLines';
import type { OpticalSystem } from './OpticalSystem';
import { opticalPaths } from './opticalPaths';
import type { Aberrations } from './wavefrontError';
import { wavefrontError } from './wavefrontError';

/** An emitter seen through an aberrated objective. */
export interface PupilOptics {
  readonly system: OpticalSystem;
  /** Depth of the emitter below the coverslip, in micrometres. */
  readonly depthUm: number;
  readonly aberrations: Aberrations;
}

/** Where intensities are wanted. */
export interface PupilGrid {
  /** Sides (x, y) of the periodic field, in micrometres. */
  readonly fieldUm: readonly [number, number];
  /** Samples of the field (x, y): at least four times the aperture over the wavelength per micrometre. */
  readonly samples: readonly [number, number];
  /** The waves are computed on this many fields (x, y) side by side, so that they do not meet themselves. */
  readonly fields: readonly [number, number];
  /** Light further from the axis is left out, in micrometres; at most half of the fields together. */
  readonly radiusUm: number;
}

/** Parts of a side of a sample of the pupil, to find how much of it lies within the rim. */
const RIM_PARTS = 8;

/** Samples of the pupil that let light through, row by row. */
interface PupilSamples {
  /** Signed numbers of the rows and columns. */
  readonly rows: Int32Array<ArrayBuffer>;
  readonly columns: Int32Array<ArrayBuffer>;
  /** Share of the sample that lies within the rim. */
  readonly amplitude: Float64Array<ArrayBuffer>;
  /** Phase in radians, and what a micrometre of stage movement adds to it. */
  readonly phase: Float64Array<ArrayBuffer>;
  readonly perStage: Float64Array<ArrayBuffer>;
}

/**
 * Scalar wide-field point-spread function of a pupil with aberrations: the waves are the Fourier
 * transform of the pupil, whose phase is the path of `gibsonLanni` and the error of the wavefront
 * (Fourier pupil model; Hanser et al. 2004, doi:10.1111/j.0022-2720.2004.01393.x). Without
 * aberrations it is `gibsonLanni` in the plane.
 */
export class PupilIntensity {
  private readonly grid: PupilGrid;
  private readonly pupil: PupilSamples;
  private readonly alongX: FourierLines;
  private readonly alongY: FourierLines;
  /** Rows of the pupil after their transforms, interleaved (re, im). */
  private readonly middle: Float64Array<ArrayBuffer>;
  private readonly reach: number;

  /** @throws RangeError when the optics make no sense or a number of samples has a prime factor above 5 */
  constructor(optics: PupilOptics, grid: PupilGrid) {
    const [width, height] = grid.samples;
    this.grid = grid;
    this.pupil = pupilSamples(optics, grid);
    this.alongX = new FourierLines(width * grid.fields[0]);
    this.alongY = new FourierLines(height * grid.fields[1]);
    this.reach = this.pupil.rows.reduce((reach, row) => Math.max(reach, row), 0);
    this.middle = new Float64Array(2 * (2 * this.reach + 1) * this.alongX.length);
  }

  /**
   * Intensity around the image of the emitter, which lies on sample 0; what lies beyond the field stands
   * where the field continues periodically.
   *
   * @param stageUm stage position, as for `gibsonLanni`
   * @param plane receives the intensities, not normalised, row-major (y, x)
   */
  fill(stageUm: number, plane: Float32Array): void {
    this.transformRows(stageUm);
    plane.fill(0);
    const width = this.alongX.length;
    const reach = Math.floor((this.grid.radiusUm * this.grid.samples[0]) / this.grid.fieldUm[0]);
    const last = Math.min(reach, Math.ceil(width / 2) - 1);
    for (let x = -last; x <= last; x += LINES_AT_ONCE) {
      this.addColumns(plane, x, Math.min(LINES_AT_ONCE, last + 1 - x));
    }
  }

  private transformRows(stageUm: number): void {
    const { rows, columns, amplitude, phase, perStage } = this.pupil;
    const { length } = this.alongX;
    let i = 0;
    for (let top = -this.reach; top <= this.reach; top += LINES_AT_ONCE) {
      const { buffer } = this.alongX;
      buffer.fill(0);
      for (; i < rows.length && rows[i]! < top + LINES_AT_ONCE; i++) {
        const turn = phase[i]! + stageUm * perStage[i]!;
        // The transform has a minus in its exponent: waves that run to larger x stand at -x.
        const column = modulo(-columns[i]!, length);
        const at = 2 * (column * LINES_AT_ONCE + rows[i]! - top);
        buffer[at] = amplitude[i]! * Math.cos(turn);
        buffer[at + 1] = amplitude[i]! * Math.sin(turn);
      }
      this.alongX.forward();
      const lines = Math.min(LINES_AT_ONCE, this.reach + 1 - top);
      this.keepRows(top + this.reach, lines);
    }
  }

  private keepRows(first: number, lines: number): void {
    const { buffer, length } = this.alongX;
    for (let line = 0; line < lines; line++) {
      const to = 2 * (first + line) * length;
      for (let x = 0; x < length; x++) {
        const from = 2 * (x * LINES_AT_ONCE + line);
        this.middle[to + 2 * x] = buffer[from]!;
        this.middle[to + 2 * x + 1] = buffer[from + 1]!;
      }
    }
  }

  /** Transforms columns and adds their intensities within the radius to the field. */
  private addColumns(plane: Float32Array, first: number, lines: number): void {
    const { samples, fieldUm, radiusUm } = this.grid;
    const [width, height] = samples;
    const { length } = this.alongY;
    const { buffer } = this.alongY;
    buffer.fill(0);
    for (let row = -this.reach; row <= this.reach; row++) {
      const from = 2 * (row + this.reach) * this.alongX.length;
      const to = 2 * modulo(-row, length) * LINES_AT_ONCE;
      for (let line = 0; line < lines; line++) {
        const x = 2 * modulo(first + line, this.alongX.length);
        buffer[to + 2 * line] = this.middle[from + x]!;
        buffer[to + 2 * line + 1] = this.middle[from + x + 1]!;
      }
    }
    this.alongY.forward();
    const waves = this.alongY.buffer;
    for (let line = 0; line < lines; line++) {
      const xUm = ((first + line) * fieldUm[0]) / width;
      const reachUm = Math.sqrt(Math.max(0, radiusUm ** 2 - xUm ** 2));
      const reach = Math.min(Math.floor((reachUm * height) / fieldUm[1]), length / 2 - 1);
      const column = modulo(first + line, width);
      for (let y = -reach; y <= reach; y++) {
        const at = 2 * (modulo(y, length) * LINES_AT_ONCE + line);
        const to = modulo(y, height) * width + column;
        plane[to] = plane[to]! + waves[at]! ** 2 + waves[at + 1]! ** 2;
      }
    }
  }
}

function pupilSamples(optics: PupilOptics, { fieldUm, fields }: PupilGrid): PupilSamples {
  const { system, depthUm, aberrations } = optics;
  const paths = opticalPaths(system, depthUm);
  const error = wavefrontError(aberrations);
  const wavenumber = (2 * Math.PI) / system.emissionUm;
  // Samples of the pupil are as far apart as periods of all fields together allow.
  const scale = system.emissionUm / system.numericalAperture;
  const step = [scale / (fields[0] * fieldUm[0]), scale / (fields[1] * fieldUm[1])] as const;
  const found: number[][] = [[], [], [], [], []];
  const [reachX, reachY] = step.map((side) => Math.ceil(paths.rhoMax / side));
  for (let row = -reachY!; row <= reachY!; row++) {
    for (let column = -reachX!; column <= reachX!; column++) {
      const parts = partsWithin([column * step[0], row * step[1]], step, paths.rhoMax);
      if (parts.points.length === 0) continue;
      let phase = 0;
      let perStage = 0;
      for (const [x, y] of parts.points) {
        const rho = Math.hypot(x, y);
        phase += wavenumber * paths.fixed(rho);
        phase += 2 * Math.PI * error(rho / paths.rhoMax, Math.atan2(y, x));
        perStage += wavenumber * paths.perStage(rho);
      }
      const count = parts.points.length;
      const values = [row, column, parts.share, phase / count, perStage / count];
      values.forEach((value, i) => found[i]!.push(value));
    }
  }
  const [rows, columns, amplitude, phase, perStage] = found;
  return {
    rows: Int32Array.from(rows!),
    columns: Int32Array.from(columns!),
    amplitude: Float64Array.from(amplitude!),
    phase: Float64Array.from(phase!),
    perStage: Float64Array.from(perStage!),
  };
}

type Point = readonly [number, number];

/**
 * Points that stand for a sample of the pupil, and the share of it that lies within the rim. At the rim,
 * where it is cut and where total reflection lets the path fall steeply, they are many.
 */
function partsWithin(
  [x, y]: Point,
  [stepX, stepY]: Point,
  radius: number,
): { readonly points: readonly Point[]; readonly share: number } {
  const distance = Math.hypot(x, y);
  const diagonal = Math.hypot(stepX, stepY) / 2;
  if (distance + diagonal <= radius) return { points: [[x, y]], share: 1 };
  const points: Point[] = [];
  if (distance - diagonal >= radius) return { points, share: 0 };
  for (let i = 0; i < RIM_PARTS; i++) {
    const partX = x + ((i + 0.5) / RIM_PARTS - 0.5) * stepX;
    for (let j = 0; j < RIM_PARTS; j++) {
      const partY = y + ((j + 0.5) / RIM_PARTS - 0.5) * stepY;
      if (Math.hypot(partX, partY) < radius) points.push([partX, partY]);
    }
  }
  return { points, share: points.length / RIM_PARTS ** 2 };
}

/** The rest of a division, 0 or more. */
function modulo(value: number, length: number): number {
  return ((value % length) + length) % length;
}
