import { defineStore } from 'pinia';
import { watch } from 'vue';
import type { ExecuteResult } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';
import { describeFailure } from './describeFailure';
import { useDocuments } from './documents';
import { useEngine } from './engine';
import { guidedState, type State, type Targets } from './guidedState';
import { useJobs } from './jobs';
import { useModels } from './models';
import { showResult } from './showResult';
import { suggestInputs } from './suggestInputs';
import { lacksInputs, planesOf, targetsCall } from './targetsCall';

/** Which command a step runs. */
export const STEP_COMMANDS = {
  align: 'process.align',
  edf: 'process.edf',
  normalise: 'process.normalise',
  targets: 'reconstruct.recurrentMz',
  compare: 'compare.metrics',
} as const;
export type CommandStep = keyof typeof STEP_COMMANDS;

type Params = { readonly [name: string]: MacroValue };
type Inputs = { readonly [name: string]: string };

/** What the user chooses: inputs, model, targets. */
function choices({ guidedOf, tell }: State) {
  const documents = useDocuments();
  const models = useModels();

  function setInputs(root: string, planes: readonly number[]): void {
    const inputs = [...new Set(planes)].sort((a, b) => a - b);
    guidedOf(root).inputs = inputs;
    tell(root, { kind: inputs.length > 0 ? 'finished' : 'cancelled', step: 'inputs', line: null });
  }

  function toggleInput(root: string, plane: number): void {
    const { inputs } = guidedOf(root);
    const others = inputs.filter((other) => other !== plane);
    setInputs(root, others.length < inputs.length ? others : [...inputs, plane]);
  }

  function suggest(root: string): void {
    const document = documents.byId.get(root);
    if (!document) return;
    const { shape, calibration } = document;
    const model = models.chosen;
    const count = Math.min(3, model?.maxInputs ?? 3);
    const reach = {
      maxSpacingUm: model?.maxInputSpacingUm ?? Infinity,
      beyondUm: model?.extrapolationUm ?? 0,
    };
    setInputs(root, suggestInputs(shape.z, calibration.pixelSizeUm.z, reach, count));
  }

  function chooseModel(root: string, name: string | null): void {
    models.chosenName = name;
    if (models.chosen) tell(root, { kind: 'finished', step: 'model', line: null });
  }

  function setTargets(root: string, targets: Targets): void {
    const guided = guidedOf(root);
    guided.targets = targets;
    const made = Object.keys(guided.pipeline.targets.documents).length > 0;
    if (made) tell(root, { kind: 'cancelled', step: 'targets' });
  }

  return { setInputs, toggleInput, suggest, chooseModel, setTargets };
}

/** The planes of a z-stack differ by more than drift, which registration to the previous one mistakes for drift. */
function alignParams(planeCount: number): { [name: string]: MacroValue } {
  return planeCount > 1 ? { reference: 'global' } : {};
}

/** What each step starts from and with. */
function sources({ guidedOf }: State) {
  const documents = useDocuments();
  const engine = useEngine();
  const models = useModels();

  /** The main result of a step, when it was made and is still open. */
  function resultOf(root: string, step: CommandStep): string | null {
    const outputs = engine.commandById.get(STEP_COMMANDS[step])?.outputs ?? [];
    const output = outputs.find(({ kind }) => kind === 'stack')?.name;
    const id = output === undefined ? undefined : guidedOf(root).pipeline[step].documents[output];
    return id !== undefined && documents.byId.has(id) ? id : null;
  }

  /** The document that a step starts from: the newest of what it builds on. */
  function sourceOf(root: string, step: CommandStep): string {
    if (step === 'align') return root;
    const aligned = resultOf(root, 'align') ?? root;
    if (step === 'edf' || step === 'normalise') return aligned;
    return resultOf(root, 'normalise') ?? aligned;
  }

  function inputsOf(root: string, step: CommandStep): { [name: string]: string } {
    const [first] = engine.commandById.get(STEP_COMMANDS[step])?.inputs ?? [];
    if (step !== 'compare') return { [first?.name ?? 'stack']: sourceOf(root, step) };
    return { result: resultOf(root, 'targets') ?? '', truth: sourceOf(root, step) };
  }

  function paramsOf(root: string, step: CommandStep): { [name: string]: MacroValue } {
    if (step === 'align') return alignParams(documents.byId.get(root)?.shape.z ?? 1);
    if (step !== 'targets') return {};
    const { inputs, targets } = guidedOf(root);
    const { everyPlane, fromUm, toUm, stepUm } = targets;
    return {
      inputs: [...inputs],
      ...(everyPlane ? {} : { z: `${fromUm}:${toUm}:${stepUm}` }),
      ...(models.chosen ? { model: models.chosen.name } : {}),
    };
  }

  /** What was chosen in the panel, as its dialog begins. */
  function targetsPresets(root: string): { [name: string]: MacroValue } {
    const { inputs, model, ...rest } = paramsOf(root, 'targets');
    return {
      ...rest,
      ...(planesOf(inputs) ? { inputs } : {}),
      ...(models.chosenName === null ? {} : { model }),
    };
  }

  return { resultOf, sourceOf, inputsOf, paramsOf, targetsPresets };
}

type Choices = ReturnType<typeof choices>;
type Sources = ReturnType<typeof sources>;

/** Lengths that the file of a stack does not state. */
export interface Scale {
  readonly pixelSizeUm: number | null;
  readonly zStepUm: number | null;
}

/** States the scale of a stack and of everything that was made from it. */
function scaling({ rootOf }: State) {
  const documents = useDocuments();
  const jobs = useJobs();

  async function setScale(root: string, { pixelSizeUm, zStepUm }: Scale): Promise<void> {
    for (const { id, shape } of documents.all.filter((document) => rootOf(document.id) === root)) {
      const params = { pixelSizeUm, zStepUm: shape.z > 1 ? zStepUm : null };
      const request = { command: 'image.setCalibration', inputs: { stack: id }, params };
      const outcome = await jobs.run(request, { scope: root });
      if (outcome.kind !== 'done') return;
    }
  }

  return { setScale };
}

/** Results belong to the pipeline from the moment they exist, long before the job ends. */
function adoptNewDocuments(roots: State['roots'], root: string): () => void {
  const documents = useDocuments();
  const before = new Set(documents.byId.keys());
  return watch(
    () => documents.all,
    (all) => {
      for (const { id } of all) if (!before.has(id)) roots.value[id] = root;
    },
    { flush: 'sync' },
  );
}

/** What making the volume takes from the panel, and tells it. */
function targetsChoices(
  { guidedOf }: State,
  { suggest, setInputs, chooseModel }: Choices,
  { paramsOf }: Sources,
) {
  const models = useModels();

  function prepare(root: string, asked: Params): void {
    const { inputs, pipeline } = guidedOf(root);
    const named = planesOf(asked['inputs']);
    if (named) setInputs(root, named);
    else if (lacksInputs(asked) && inputs.length === 0) suggest(root);
    if (pipeline.model.state !== 'done') chooseModel(root, models.chosenName);
  }

  /** The panel shows what a volume was made of, also where a dialog or the engine chose it. */
  function adopt(
    root: string,
    { choose }: Params,
    { inputs, model }: ExecuteResult['report'],
  ): void {
    // Of the nearest ones, each plane has its own.
    const seen = choose === 'nearest' ? null : planesOf(inputs);
    if (seen) setInputs(root, seen);
    if (models.all.some(({ name }) => name === model)) chooseModel(root, String(model));
  }

  function paramsFor(step: CommandStep, root: string, asked: Params): Params {
    const panel = paramsOf(root, step);
    return step === 'targets' ? targetsCall(asked, panel) : { ...panel, ...asked };
  }

  return { prepare, adopt, paramsFor };
}

/** Running the steps. */
function runners(state: State, chosen: Choices, origin: Sources) {
  const jobs = useJobs();
  const { roots, guidedOf, tell } = state;
  const { inputsOf } = origin;
  const { prepare, adopt, paramsFor } = targetsChoices(state, chosen, origin);

  /** Runs a step with its defaults, or with what its dialog says. Says whether it was done. */
  async function run(
    step: CommandStep,
    root: string,
    params: Params = {},
    more: Inputs = {},
  ): Promise<boolean> {
    if (step === 'targets') prepare(root, params);
    const command = STEP_COMMANDS[step];
    const inputs = { ...inputsOf(root, step), ...more };
    const stopAdopting = adoptNewDocuments(roots, root);
    tell(root, { kind: 'started', step });
    const outcome = await jobs.run(
      { command, inputs, params: paramsFor(step, root, params) },
      { scope: Object.values(inputs)[0] ?? null },
    );
    stopAdopting();
    if (outcome.kind === 'cancelled') tell(root, { kind: 'cancelled', step });
    if (outcome.kind === 'failed') {
      tell(root, { kind: 'failed', step, line: describeFailure(outcome.error)?.title ?? '' });
    }
    if (outcome.kind !== 'done') return false;
    const { documents: made, lines } = outcome.result;
    const ids = Object.entries(made).map(([name, { id }]) => [name, id] as const);
    const line =
      showResult(command, inputs, outcome.result) ?? (lines.slice(0, 2).join(' · ') || null);
    if (step === 'targets') adopt(root, params, outcome.result.report);
    tell(root, { kind: 'finished', step, line, documents: Object.fromEntries(ids) });
    return true;
  }

  /** Runs every step that is not done, in order, until one fails or is cancelled. */
  async function runAll(root: string): Promise<void> {
    for (const step of Object.keys(STEP_COMMANDS) as CommandStep[]) {
      if (guidedOf(root).pipeline[step].state === 'done') continue;
      if (!(await run(step, root))) return;
    }
  }

  return { run, runAll };
}

/** The guided panel: one pipeline for each stack that was opened. */
export const useGuided = defineStore('guided', () => {
  const state = guidedState();
  const chosen = choices(state);
  const origin = sources(state);
  const { rootId, current, rootOf } = state;
  return {
    ...{ rootId, current, rootOf },
    ...{ ...chosen, ...origin, ...scaling(state), ...runners(state, chosen, origin) },
  };
});
