import { focusMaps, surveyPlanes } from './focusMaps';
import { focusSurface } from './focusSurface';
import { joinEstimates } from './joinEstimates';
import { sharpestPixels } from './sharpestPixels';
import { beginSampling, sampleSurface } from './surfaceSampling';
import {
  chosenCoefficients,
  competingCoefficients,
  consistentChoices,
  fusedValues,
} from './waveletFusion';

/**
 * The heavy parts of the fusions: pure functions of one structured-cloneable input, which a host may
 * run on other threads. Run in place they may use up their input.
 */
export const edfWork = {
  sharpestPixels,
  competingCoefficients,
  consistentChoices,
  chosenCoefficients,
  fusedValues,
  surveyPlanes,
  focusMaps,
  focusSurface,
  beginSampling,
  sampleSurface,
  joinEstimates,
};

type Functions = typeof edfWork;

/** Whoever does the work, at once or later. */
export type EdfWork = {
  readonly [K in keyof Functions]: (
    input: Parameters<Functions[K]>[0],
  ) => ReturnType<Functions[K]> | Promise<ReturnType<Functions[K]>>;
};
