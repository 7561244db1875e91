import { defineStore } from 'pinia';
import { computed, ref, watch } from 'vue';
import type { ExecuteResult } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';
import { describeFailure } from './describeFailure';
import { useDocuments } from './documents';
import { useEngine } from './engine';
import { useJobs } from './jobs';
import { useModels } from './models';
import { advance, newPipeline, withoutDocuments, type Pipeline, type PipelineEvent, type StepId } from './pipelineState';
import { showComparison } from './showComparison';
import { suggestInputs } from './suggestInputs';
import { useTabs } from './tabs';

/** Where the targets lie: every plane of the stack, or heights in micrometres. */
export interface Targets {
  readonly everyPlane: boolean;
  readonly fromUm: number;
  readonly toUm: number;
  readonly stepUm: number;
}

interface Guided {
  pipeline: Pipeline;
  inputs: number[];
  targets: Targets;
}

/** Which command a step runs. */
export const STEP_COMMANDS = {
  align: 'process.align',
  edf: 'process.edf',
  normalise: 'process.normalise',
  targets: 'reconstruct.recurrentMz',
  compare: 'compare.metrics',
} as const;
export type CommandStep = keyof typeof STEP_COMMANDS;

const DEFAULT_TARGETS: Targets = { everyPlane: true, fromUm: 0, toUm: 0, stepUm: 0.2 };

/** The guided panel: one pipeline for each stack that was opened. */
export const useGuided = defineStore('guided', () => {
  const documents = useDocuments();
  const engine = useEngine();
  const jobs = useJobs();
  const models = useModels();
  const tabs = useTabs();
  const pipelines = ref<Record<string, Guided>>({});
  /** Which opened stack a result came from. */
  const roots = ref<Record<string, string>>({});

  const rootId = computed(() => {
    const id = tabs.activeDocument?.id;
    return id === undefined ? null : rootOf(id);
  });
  const current = computed(() => {
    const id = rootId.value;
    return id === null ? null : (pipelines.value[id] ?? null);
  });

  function rootOf(id: string): string {
    return roots.value[id] ?? id;
  }

  function guidedOf(root: string): Guided {
    pipelines.value[root] ??= {
      pipeline: newPipeline(),
      inputs: [],
      targets: { ...DEFAULT_TARGETS },
    };
    return pipelines.value[root];
  }

  watch(rootId, (id) => {
    if (id !== null) guidedOf(id);
  });
  watch(
    () => documents.all,
    () => {
      for (const [root, guided] of Object.entries(pipelines.value)) {
        if (!documents.byId.has(root)) delete pipelines.value[root];
        else guided.pipeline = withoutDocuments(guided.pipeline, (id) => documents.byId.has(id));
      }
    },
  );

  function tell(root: string, event: PipelineEvent): void {
    const guided = guidedOf(root);
    guided.pipeline = advance(guided.pipeline, event);
  }

  function setInputs(root: string, planes: readonly number[]): void {
    const inputs = [...new Set(planes)].sort((a, b) => a - b);
    guidedOf(root).inputs = inputs;
    tell(root, { kind: inputs.length > 0 ? 'finished' : 'cancelled', step: 'inputs', line: null });
  }

  function toggleInput(root: string, plane: number): void {
    const { inputs } = guidedOf(root);
    setInputs(
      root,
      inputs.includes(plane) ? inputs.filter((other) => other !== plane) : [...inputs, plane],
    );
  }

  function suggest(root: string): void {
    const document = documents.byId.get(root);
    if (!document) return;
    const { shape, calibration } = document;
    const model = models.chosen;
    const count = Math.min(3, model?.maxInputs ?? 3);
    const spacing = model?.maxInputSpacingUm ?? Infinity;
    setInputs(root, suggestInputs(shape.z, calibration.pixelSizeUm.z, spacing, count));
  }

  function chooseModel(root: string, name: string | null): void {
    models.chosenName = name;
    tell(root, { kind: 'finished', step: 'model', line: null });
  }

  function setTargets(root: string, targets: Targets): void {
    const guided = guidedOf(root);
    guided.targets = targets;
    const { documents: made } = guided.pipeline.targets;
    if (Object.keys(made).length > 0) tell(root, { kind: 'cancelled', step: 'targets' });
  }

  /** The main result of a step, when it was made and is still open. */
  function resultOf(root: string, step: CommandStep): string | null {
    const output = engine.commandById
      .get(STEP_COMMANDS[step])
      ?.outputs.find(({ kind }) => kind === 'stack')?.name;
    const id = output === undefined ? undefined : guidedOf(root).pipeline[step].documents[output];
    return id !== undefined && documents.byId.has(id) ? id : null;
  }

  /** The document that a step starts from: the newest of what it builds on. */
  function sourceOf(root: string, step: CommandStep): string {
    const aligned = resultOf(root, 'align') ?? root;
    if (step === 'align') return root;
    if (step === 'edf' || step === 'normalise') return aligned;
    return resultOf(root, 'normalise') ?? aligned;
  }

  function inputsOf(root: string, step: CommandStep): { [name: string]: string } {
    const names = engine.commandById.get(STEP_COMMANDS[step])?.inputs.map(({ name }) => name) ?? [];
    if (step !== 'compare') return { [names[0] ?? 'stack']: sourceOf(root, step) };
    return { result: resultOf(root, 'targets') ?? '', truth: sourceOf(root, step) };
  }

  function paramsOf(root: string, step: CommandStep): { [name: string]: MacroValue } {
    if (step !== 'targets') return {};
    const { inputs, targets } = guidedOf(root);
    const { everyPlane, fromUm, toUm, stepUm } = targets;
    return {
      inputs,
      ...(everyPlane ? { planes: 'all' } : { z: `${fromUm}:${toUm}:${stepUm}` }),
      ...(models.chosen ? { model: models.chosen.name } : {}),
    };
  }

  /** Runs a step with its defaults, or with the parameters of its dialog. Says whether it was done. */
  async function run(
    step: CommandStep,
    root: string,
    params: { readonly [name: string]: MacroValue } = {},
  ): Promise<boolean> {
    if (step === 'targets') {
      if (guidedOf(root).inputs.length === 0) suggest(root);
      if (guidedOf(root).pipeline.model.state !== 'done') chooseModel(root, models.chosenName);
    }
    const inputs = inputsOf(root, step);
    const before = new Set(documents.byId.keys());
    const adopt = watch(
      () => documents.all,
      (all) => {
        for (const { id } of all) if (!before.has(id)) roots.value[id] = root;
      },
    );
    tell(root, { kind: 'started', step });
    const outcome = await jobs.run(
      { command: STEP_COMMANDS[step], inputs, params: { ...paramsOf(root, step), ...params } },
      { scope: Object.values(inputs)[0] ?? null },
    );
    adopt();
    if (outcome.kind === 'cancelled') tell(root, { kind: 'cancelled', step });
    if (outcome.kind === 'failed') {
      tell(root, { kind: 'failed', step, line: describeFailure(outcome.error)?.title ?? '' });
    }
    if (outcome.kind !== 'done') return false;
    finish(root, step, outcome.result);
    if (step === 'compare') showComparison(inputs, outcome.result);
    return true;
  }

  function finish(root: string, step: StepId, result: ExecuteResult): void {
    const made = Object.entries(result.documents).map(([name, { id }]) => [name, id] as const);
    for (const [, id] of made) roots.value[id] = root;
    const line = result.lines.slice(0, 2).join(' · ') || null;
    tell(root, { kind: 'finished', step, line, documents: Object.fromEntries(made) });
  }

  /** Runs every step that is not done, in order, until one fails or is cancelled. */
  async function runAll(root: string): Promise<void> {
    for (const step of Object.keys(STEP_COMMANDS) as CommandStep[]) {
      if (guidedOf(root).pipeline[step].state === 'done') continue;
      if (!(await run(step, root))) return;
    }
  }

  return {
    ...{ current, rootId, rootOf, resultOf, run, runAll, setInputs, toggleInput },
    ...{ suggest, chooseModel, setTargets, sourceOf, inputsOf, paramsOf },
  };
});
