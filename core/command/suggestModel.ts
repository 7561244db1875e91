import type { ModelSummary } from './ModelLibrary';

/** As many inputs as a model is looked for with where nobody says how many there are. */
export const USUAL_INPUTS = 3;

/** What a model is wanted for. */
export interface ModelNeeds {
  /** Pixel size of the stack in micrometres; `null` when it is not stated. */
  readonly pixelSizeUm: number | null;
  /** How many planes are measured. */
  readonly inputCount: number;
}

/** How far a model is from what is wanted, the gravest first; smaller is better. */
function shortcomings(model: ModelSummary, { pixelSizeUm, inputCount }: ModelNeeds): number[] {
  const { min, max } = model.pixelRangeUm;
  const outside =
    pixelSizeUm === null
      ? 0
      : Math.max(0, Math.log(min / pixelSizeUm), Math.log(pixelSizeUm / max));
  const unused = Math.max(0, inputCount - model.maxInputs);
  const missing = Math.max(0, model.minInputs - inputCount);
  return [outside, unused + missing, -model.specimens.length, -model.maxInputs];
}

/**
 * The model that fits a stack best: trained for its pixel size, or for one as near as there is; using all of its
 * inputs; made for as many kinds of specimen as possible; and for as many inputs, since Recurrent-MZ makes more of a
 * single plane than Deep-Z does (see the cards). The first of equals.
 *
 * @returns `null` when there is no model
 */
export function suggestModel(
  models: readonly ModelSummary[],
  needs: ModelNeeds,
): ModelSummary | null {
  const ranked = models.map((model) => ({ model, faults: shortcomings(model, needs) }));
  ranked.sort((one, other) => {
    const k = one.faults.findIndex((fault, i) => fault !== other.faults[i]);
    return k < 0 ? 0 : one.faults[k] - other.faults[k];
  });
  return ranked[0]?.model ?? null;
}
