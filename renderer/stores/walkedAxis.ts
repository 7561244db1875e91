import type { DocumentSummary } from '#core/command/engineApi';

/** The axis that the strip, the wheel and the arrow keys walk along. */
export interface WalkedAxis {
  readonly name: 'z' | 't';
  readonly count: number;
  /** Depths in micrometres or times in seconds, when the document states them. */
  readonly places: readonly number[] | null;
}

/** Planes of a stack; of single planes over time, the time points. */
export function walkedAxis({
  shape,
  zPositionsUm,
  calibration,
}: Pick<DocumentSummary, 'shape' | 'zPositionsUm' | 'calibration'>): WalkedAxis {
  if (shape.z > 1 || shape.t === 1) return { name: 'z', count: shape.z, places: zPositionsUm };
  const stepS = calibration.timeStepS;
  const places = stepS === null ? null : Array.from({ length: shape.t }, (_, t) => t * stepS);
  return { name: 't', count: shape.t, places };
}

/** A place along the axis in words: "6.80 µm", "45 s", or nothing when it is not stated. */
export function placeText({ name, places }: WalkedAxis, at: number): string {
  const place = places?.[at];
  if (place === undefined) return '';
  return name === 'z' ? `${place.toFixed(2)} µm` : `${Number(place.toFixed(3))} s`;
}
