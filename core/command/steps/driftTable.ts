import { zPositionsUm, type Calibration } from '#core/image/Calibration';
import type { StackShape } from '#core/image/ImageStack';
import { mapPoint } from '#core/registration/PlaneMap';
import type { PlaneTransform, Transforms } from '#core/registration/Transforms';
import { reasonWords } from './suspectReasons';

/** Where the specimen stood in one plane before it was aligned, and how well that is known. */
export interface DriftRow {
  /** Time point of a z-stack; 0 for single planes over time. */
  readonly series: number;
  /** Plane of its series, from 0: a depth of a z-stack, otherwise a time point. */
  readonly plane: number;
  /** Depth in micrometres or time in seconds, when the stack states it. */
  readonly place: number | null;
  /** Displacement of the middle of the plane, x to the right and y down, in the unit of the table. */
  readonly x: number;
  readonly y: number;
  readonly xPx: number;
  readonly yPx: number;
  /** Turn in degrees, from x towards y, which looks clockwise. */
  readonly turnDeg: number;
  /** Size of the specimen in this plane, 1 in the reference. */
  readonly scale: number;
  /** The largest displacement of any pixel. */
  readonly displacementPx: number;
  /** Normalised correlation with its reference; `null` for a plane that stayed. */
  readonly correlationBefore: number | null;
  readonly correlationAfter: number | null;
  /** Root mean squared difference to its reference, in grey levels. */
  readonly residual: number | null;
  readonly converged: boolean;
  readonly suspect: boolean;
  /** Why it is suspect, in words. */
  readonly reasons: readonly string[];
  readonly remedies: readonly string[];
}

/** The drift of a stack, as tables and plots show it. */
export interface DriftTable {
  /** Unit of `x` and `y`. */
  readonly unit: 'um' | 'px';
  /** What runs along the axis of the plot, and its unit when it is calibrated. */
  readonly along: 'z' | 't';
  readonly placeUnit: 'um' | 's' | null;
  /** How many series there are: time points of z-stacks. */
  readonly seriesCount: number;
  /** Whether the model has a turn, and a change of size. */
  readonly turns: boolean;
  readonly scales: boolean;
  readonly rows: readonly DriftRow[];
}

/** The facts of a stack that give its drift units. */
export interface DriftFacts {
  readonly shape: StackShape;
  readonly calibration: Calibration;
}

/**
 * The transforms of an alignment as a table of drift: in micrometres when the stack states its pixel
 * size, otherwise in pixels.
 */
export function driftTable(
  series: readonly Transforms[],
  { shape, calibration }: DriftFacts,
): DriftTable {
  const { x, y } = calibration.pixelSizeUm;
  const sizes = x !== null && y !== null ? { x, y } : null;
  const along = shape.z > 1 ? 'z' : 't';
  const places = along === 'z' ? zPositionsUm(calibration, shape.z) : timesS(calibration, shape.t);
  const [{ model }] = series;
  return {
    unit: sizes ? 'um' : 'px',
    along,
    placeUnit: places ? (along === 'z' ? 'um' : 's') : null,
    seriesCount: series.length,
    turns: model !== 'translation',
    scales: model !== 'translation' && model !== 'rigid',
    rows: series.flatMap((transforms, s) =>
      transforms.planes.map((plane) => ({
        series: s,
        place: places?.[plane.index] ?? null,
        ...rowOf(plane, transforms, sizes ?? { x: 1, y: 1 }),
      })),
    ),
  };
}

function timesS({ timeStepS }: Calibration, count: number): number[] | null {
  return timeStepS === null ? null : Array.from({ length: count }, (_, t) => t * timeStepS);
}

function rowOf(
  plane: PlaneTransform,
  { width, height }: Transforms,
  size: { readonly x: number; readonly y: number },
): Omit<DriftRow, 'series' | 'place'> {
  const { index, matrix, displacementPx, correlationBefore, correlationAfter } = plane;
  const { residual, converged, suspect, reasons } = plane;
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  const [atX, atY] = mapPoint(plane, centreX, centreY);
  const [xPx, yPx] = [atX - centreX, atY - centreY];
  const [[a, b], [c, d]] = matrix;
  const words = reasons.map(reasonWords);
  return {
    ...{ plane: index, x: xPx * size.x, y: yPx * size.y, xPx, yPx },
    // The turn that is nearest to the matrix, also when it shears.
    turnDeg: (Math.atan2(c - b, a + d) * 180) / Math.PI,
    scale: Math.sqrt(Math.abs(a * d - b * c)),
    ...{
      displacementPx,
      correlationBefore,
      correlationAfter,
      residual,
      converged,
      suspect,
    },
    reasons: words.map(({ what }) => what),
    remedies: words.map(({ remedy }) => remedy).filter((remedy) => remedy !== ''),
  };
}

/** With fewer trusted planes than this a curve of them says nothing. */
const FEWEST_DRAWN = 3;

/**
 * The planes that the curve of a plot goes through: those that are trusted, because how far a failed
 * plane was thrown says nothing about the drift; all of them when hardly one is trusted.
 */
export function drawnRows(rows: readonly DriftRow[]): readonly DriftRow[] {
  const trusted = rows.filter(({ suspect }) => !suspect);
  return trusted.length >= FEWEST_DRAWN ? trusted : rows;
}
