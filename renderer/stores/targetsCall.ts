import { isPlaneList } from '#core/command/steps/isPlaneList';
import type { MacroValue } from '#core/image/History';

type Params = { readonly [name: string]: MacroValue };

/** Plane numbers, when a value is a list of one or more. */
export function planesOf(value: MacroValue | undefined): readonly number[] | null {
  return isPlaneList(value) && value.length > 0 ? value : null;
}

/** Whether the user is to name the inputs, and did not. */
export function lacksInputs({ inputs, choose = 'user' }: Params): boolean {
  return choose === 'user' && planesOf(inputs) === null;
}

/**
 * What a reconstruction is run with: what its dialog says, or the panel where there was no dialog. Inputs that the user
 * should have named are the pins of the panel; where inputs are chosen otherwise, pins would narrow the choice.
 *
 * @param asked what the dialog says; empty when there was none
 */
export function targetsCall(asked: Params, panel: Params): Params {
  if (Object.keys(asked).length === 0) return panel;
  return lacksInputs(asked) ? { ...asked, inputs: panel['inputs'] ?? [] } : asked;
}
