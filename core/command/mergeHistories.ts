import type { CommandCall, History } from '#core/image/History';

/** Several histories as one: the calls of all, each once, and the variable that holds each stack. */
export interface MergedHistory {
  readonly calls: readonly CommandCall[];
  readonly results: readonly (string | null)[];
}

/**
 * Joins the histories of a command's inputs. Equal calls on equal inputs are the same call,
 * so a stack that was used twice is opened once when the macro is replayed. Variables that
 * mean different things are renamed apart.
 */
export function mergeHistories(histories: readonly History[]): MergedHistory {
  const calls: CommandCall[] = [];
  const known = new Map<string, readonly string[]>();
  const taken = new Set<string>();
  const results = histories.map((history) => {
    const renamed = new Map<string, string>();
    for (const call of history.calls) {
      const inputs = call.inputs.map((name) => renamed.get(name) ?? name);
      const key = JSON.stringify([call.command, inputs, call.params]);
      let outputs = known.get(key);
      if (!outputs) {
        outputs = call.outputs.map((name) => freeName(name, taken));
        known.set(key, outputs);
        calls.push({ ...call, inputs, outputs });
      }
      call.outputs.forEach((name, i) => renamed.set(name, outputs[i]));
    }
    return history.result === null ? null : (renamed.get(history.result) ?? null);
  });
  return { calls, results };
}

/** `base`, or `base2`, `base3`, … when taken; the answer is taken from then on. */
export function freeName(base: string, taken: Set<string>): string {
  const stem = base.replace(/\d+$/, '') || base;
  let name = base;
  for (let i = 2; taken.has(name); i++) name = `${stem}${i}`;
  taken.add(name);
  return name;
}
