import type { ImageStack } from '#core/image/ImageStack';
import type { UntrainedReason } from '#core/reconstruct/planReconstruction';
import type { ModelSummary } from '#core/command/ModelLibrary';
import { planeRanges } from './planeRanges';
import { statedObjective } from './statedObjective';

/** What a reconstruction asks of a model. */
export interface DomainQuestion {
  readonly stack: ImageStack;
  /** Whether planes are brought to the pixel size of the model. */
  readonly resample: boolean;
  /** What the model was not trained for, for each plane to make. */
  readonly untrained: readonly (readonly UntrainedReason[])[];
  /** Inputs that each plane gets. */
  readonly inputCount: number;
}

const ROUNDING_UM = 1e-6;

/**
 * Where a request leaves what the model was trained for, one sentence each, with the planes that it
 * concerns; empty when it does not. Such requests are allowed, but the user, and whoever opens the
 * result later, has to know.
 */
export function domainNotes(
  model: ModelSummary,
  { stack, resample, untrained, inputCount }: DomainQuestion,
): string[] {
  return [
    ...pixelSizeNotes(model, stack, resample),
    ...objectiveNotes(model, stack),
    ...planeNotes(model, untrained, inputCount),
  ];
}

function pixelSizeNotes(
  model: ModelSummary,
  { calibration }: ImageStack,
  resample: boolean,
): string[] {
  const { min, max } = model.pixelRangeUm;
  const range = `${min.toPrecision(2)} to ${max.toPrecision(2)} um`;
  const { x, y } = calibration.pixelSizeUm;
  if (x === null) {
    return [`The pixel size is unknown; ${model.name} was trained for pixels of ${range}.`];
  }
  if (resample) {
    return [
      `Planes were resampled from ${x} um to the ${model.pixelSizeUm} um of ${model.name} and back.`,
    ];
  }
  const foreign = [x, y ?? x].find((um) => um < min - ROUNDING_UM || um > max + ROUNDING_UM);
  if (foreign === undefined) return [];
  return [
    `Pixels of ${foreign} um lie outside the ${range} that ${model.name} was trained for; --resample brings them to ${model.pixelSizeUm} um and back.`,
  ];
}

/** Apertures this near are taken with one objective or its twin. */
const SAME_APERTURE = 0.1;
/** Between water (1.33), glycerol (1.47) and oil (1.515) there is more; between oils less. */
const SAME_INDEX = 0.03;
const SAME_MAGNIFICATION = 0.2;

function objectiveNotes(model: ModelSummary, stack: ImageStack): string[] {
  const stated = statedObjective(stack);
  const { magnification, numericalAperture, immersionIndex } = model.objective;
  const isOther = (value: number | null, trained: number, tolerance: number): boolean =>
    value !== null && Math.abs(value - trained) > tolerance;
  const differs =
    isOther(stated.magnification, magnification, SAME_MAGNIFICATION * magnification) ||
    isOther(stated.numericalAperture, numericalAperture, SAME_APERTURE * numericalAperture) ||
    isOther(stated.immersionIndex, immersionIndex, SAME_INDEX);
  if (!differs) return [];
  return [
    `The stack was taken with another objective (${objectiveText(stated)}) than ${model.name} was trained for (${objectiveText(model.objective)}).`,
  ];
}

function objectiveText(objective: {
  readonly magnification: number | null;
  readonly numericalAperture: number | null;
  readonly immersionIndex: number | null;
}): string {
  const { magnification, numericalAperture, immersionIndex } = objective;
  return [
    ...(magnification === null ? [] : [`${magnification}x`]),
    ...(numericalAperture === null ? [] : [`NA ${numericalAperture}`]),
    ...(immersionIndex === null ? [] : [`immersion ${immersionIndex}`]),
  ].join(', ');
}

function planeNotes(
  model: ModelSummary,
  untrained: DomainQuestion['untrained'],
  inputCount: number,
): string[] {
  const reasons = [...new Set(untrained.flat())];
  return reasons.map((reason) => {
    const planes = untrained.flatMap((own, index) => (own.includes(reason) ? [index] : []));
    const which =
      planes.length === untrained.length
        ? 'All planes'
        : `${planes.length === 1 ? 'Plane' : 'Planes'} ${planeRanges(planes)} of ${untrained.length}`;
    return `${which}: ${reasonText(reason, model, inputCount)} ${model.name} was trained for.`;
  });
}

function reasonText(reason: UntrainedReason, model: ModelSummary, inputCount: number): string {
  switch (reason) {
    case 'too few inputs':
      return `${inputCount} inputs are fewer than the ${model.minInputs} that`;
    case 'too many inputs':
      return `${inputCount} inputs are more than the ${model.maxInputs} that`;
    case 'inputs too close':
      return `inputs lie closer together than the ${model.minInputSpacingUm} um that`;
    case 'inputs too far apart':
      return `inputs lie farther apart than the ${model.maxInputSpacingUm} um that`;
    case 'target too far out':
      return inputCount === 1
        ? `more than ${model.singleInputReachUm} um from the input, beyond what`
        : `more than ${model.extrapolationUm} um outside the inputs, beyond what`;
  }
}
