/** The steps of the guided panel, in order. `targets` is where the volume is made. */
export const STEP_IDS = [
  'align',
  'edf',
  'normalise',
  'inputs',
  'model',
  'targets',
  'compare',
] as const;
export type StepId = (typeof STEP_IDS)[number];

/** Which earlier steps a step builds on. */
const BUILDS_ON: { readonly [K in StepId]: readonly StepId[] } = {
  align: [],
  edf: ['align'],
  normalise: ['align'],
  inputs: [],
  model: [],
  targets: ['align', 'normalise', 'inputs', 'model'],
  compare: ['align', 'normalise', 'inputs', 'model', 'targets'],
};

export type StepState = 'waiting' | 'running' | 'done' | 'outdated' | 'failed';

export interface StepRecord {
  readonly state: StepState;
  /** The result in one line. */
  readonly line: string | null;
  /** Documents that the step made, by output name. */
  readonly documents: { readonly [output: string]: string };
}

export type Pipeline = { readonly [K in StepId]: StepRecord };

export type PipelineEvent =
  | { readonly kind: 'started' | 'cancelled'; readonly step: StepId }
  | { readonly kind: 'failed'; readonly step: StepId; readonly line: string }
  | {
      readonly kind: 'finished';
      readonly step: StepId;
      readonly line: string | null;
      readonly documents?: { readonly [output: string]: string };
    };

const WAITING: StepRecord = { state: 'waiting', line: null, documents: {} };

/** A pipeline of which nothing was done. */
export function newPipeline(): Pipeline {
  return {
    ...{ align: WAITING, edf: WAITING, normalise: WAITING, inputs: WAITING },
    ...{ model: WAITING, targets: WAITING, compare: WAITING },
  };
}

function outdateFollowers(pipeline: Pipeline, changed: StepId): Pipeline {
  const entries = STEP_IDS.map((id) => {
    const record = pipeline[id];
    const stale = BUILDS_ON[id].includes(changed) && record.state === 'done';
    return [id, stale ? { ...record, state: 'outdated' } : record] as const;
  });
  return Object.fromEntries(entries) as Pipeline;
}

/** The pipeline after an event. */
export function advance(pipeline: Pipeline, event: PipelineEvent): Pipeline {
  const record = pipeline[event.step];
  const set = (fields: Partial<StepRecord>): Pipeline => ({
    ...pipeline,
    [event.step]: { ...record, ...fields },
  });
  switch (event.kind) {
    case 'started':
      return set({ state: 'running' });
    case 'cancelled':
      // What an earlier run made is still there, but not what was just asked for.
      return set({ state: Object.keys(record.documents).length > 0 ? 'outdated' : 'waiting' });
    case 'failed':
      return set({ state: 'failed', line: event.line });
    case 'finished':
      return outdateFollowers(
        set({ state: 'done', line: event.line, documents: event.documents ?? {} }),
        event.step,
      );
  }
}

/**
 * Where the next click goes: to a step that has to be repeated, otherwise to the first one after
 * the last that was done, because a step that was left out was left out on purpose. `null` at the end.
 */
export function nextStep(pipeline: Pipeline): StepId | null {
  const again = STEP_IDS.find((id) => !['waiting', 'done'].includes(pipeline[id].state));
  if (again) return again;
  const last = STEP_IDS.findLastIndex((id) => pipeline[id].state === 'done');
  return STEP_IDS.find((id, i) => i > last && pipeline[id].state === 'waiting') ?? null;
}

/** The pipeline without documents that were closed: a step whose result is gone waits again. */
export function withoutDocuments(pipeline: Pipeline, isOpen: (id: string) => boolean): Pipeline {
  const entries = STEP_IDS.map((id) => {
    const record = pipeline[id];
    const made = Object.values(record.documents);
    return [id, made.length > 0 && !made.some(isOpen) ? WAITING : record] as const;
  });
  return Object.fromEntries(entries) as Pipeline;
}
