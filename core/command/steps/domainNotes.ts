import type { ImageStack } from '#core/image/ImageStack';
import type { ModelSummary } from '#core/command/ModelLibrary';

/** What a reconstruction asks of a model. */
export interface DomainQuestion {
  readonly stack: ImageStack;
  readonly inputZUm: readonly number[];
  readonly targetsUm: readonly number[];
}

const ROUNDING_UM = 1e-6;

/**
 * Where a request leaves what the model was trained for, one sentence each; empty when it does not.
 * Such requests are allowed, but the user has to know.
 */
export function domainNotes(
  model: ModelSummary,
  { stack, inputZUm, targetsUm }: DomainQuestion,
): string[] {
  const notes: string[] = [];
  const pixelSizeUm = stack.calibration.pixelSizeUm.x;
  const { min, max } = model.pixelRangeUm;
  const range = `${min.toPrecision(2)} to ${max.toPrecision(2)} um`;
  if (pixelSizeUm === null) {
    notes.push(`The pixel size is unknown; ${model.name} was trained for pixels of ${range}.`);
  } else if (pixelSizeUm < min - ROUNDING_UM || pixelSizeUm > max + ROUNDING_UM) {
    notes.push(
      `Pixels of ${pixelSizeUm} um lie outside the ${range} that ${model.name} was trained for.`,
    );
  }
  if (inputZUm.length > model.maxInputs) {
    notes.push(
      `${inputZUm.length} inputs are more than the ${model.maxInputs} that ${model.name} was trained for.`,
    );
  }
  const sorted = [...inputZUm].sort((a, b) => a - b);
  const spacingUm = Math.max(0, ...sorted.slice(1).map((z, i) => z - sorted[i]));
  if (spacingUm > model.maxInputSpacingUm + ROUNDING_UM) {
    notes.push(
      `Inputs ${spacingUm.toFixed(2)} um apart are farther than the ${model.maxInputSpacingUm} um that ${model.name} was trained for.`,
    );
  }
  const lowest = sorted[0] - model.extrapolationUm - ROUNDING_UM;
  const highest = sorted[sorted.length - 1] + model.extrapolationUm + ROUNDING_UM;
  const outside = targetsUm.filter((z) => z < lowest || z > highest).length;
  if (outside > 0) {
    notes.push(
      `${outside} of ${targetsUm.length} planes lie more than ${model.extrapolationUm} um outside the inputs, beyond what ${model.name} was trained for.`,
    );
  }
  return notes;
}
