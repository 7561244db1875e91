import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { useDocuments } from './documents';
import {
  advance,
  newPipeline,
  withoutDocuments,
  type Pipeline,
  type PipelineEvent,
} from './pipelineState';
import { useTabs } from './tabs';

/** Where the targets lie: every plane of the stack, or heights in micrometres. */
export interface Targets {
  readonly everyPlane: boolean;
  readonly fromUm: number;
  readonly toUm: number;
  readonly stepUm: number;
}

/** The panel of one stack. */
export interface Guided {
  pipeline: Pipeline;
  inputs: number[];
  targets: Targets;
}

const DEFAULT_TARGETS: Targets = { everyPlane: true, fromUm: 0, toUm: 0, stepUm: 0.2 };

/** What the panel remembers: one pipeline for each opened stack, and where results came from. */
export interface State {
  readonly rootId: ComputedRef<string | null>;
  readonly current: ComputedRef<Guided | null>;
  readonly roots: Ref<Record<string, string>>;
  readonly rootOf: (id: string) => string;
  readonly guidedOf: (root: string) => Guided;
  readonly tell: (root: string, event: PipelineEvent) => void;
}

/** Pipelines, and how they follow the documents that are open. */
export function guidedState(): State {
  const documents = useDocuments();
  const tabs = useTabs();
  const pipelines = ref<Record<string, Guided>>({});
  const roots = ref<Record<string, string>>({});

  const rootOf = (id: string): string => roots.value[id] ?? id;
  const rootId = computed(() => {
    const id = tabs.activeDocument?.id;
    return id === undefined ? null : rootOf(id);
  });
  const current = computed(() =>
    rootId.value === null ? null : (pipelines.value[rootId.value] ?? null),
  );

  function guidedOf(root: string): Guided {
    pipelines.value[root] ??= { pipeline: newPipeline(), inputs: [], targets: DEFAULT_TARGETS };
    return pipelines.value[root];
  }

  function tell(root: string, event: PipelineEvent): void {
    const guided = guidedOf(root);
    guided.pipeline = advance(guided.pipeline, event);
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
  return { rootId, current, roots, rootOf, guidedOf, tell };
}
