import { z } from 'zod';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { ModelSummary } from '#core/command/ModelLibrary';
import { suggestModel, USUAL_INPUTS } from '#core/command/suggestModel';
import { useEngine } from './engine';
import { useTabs } from './tabs';

const modelsReport = z.object({
  models: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      pixelSizeUm: z.number(),
      zStepUm: z.number(),
      pixelRangeUm: z.object({ min: z.number(), max: z.number() }),
      objective: z.object({
        magnification: z.number(),
        numericalAperture: z.number(),
        immersionIndex: z.number(),
      }),
      minInputSpacingUm: z.number(),
      maxInputSpacingUm: z.number(),
      extrapolationUm: z.number(),
      singleInputReachUm: z.number(),
      specimens: z.array(z.string()),
      minInputs: z.number(),
      maxInputs: z.number(),
    }),
  ),
});

/** The networks that the engine has. */
export const useModels = defineStore('models', () => {
  const engine = useEngine();
  const tabs = useTabs();
  const all = shallowRef<readonly ModelSummary[]>([]);
  const chosenName = ref<string | null>(null);
  const chosen = computed(
    () => all.value.find(({ name }) => name === chosenName.value) ?? suggested(),
  );

  /** What fits the stack that is looked at. */
  function suggested(): ModelSummary | null {
    const pixelSizeUm = tabs.activeDocument?.calibration.pixelSizeUm.x ?? null;
    return suggestModel(all.value, { pixelSizeUm, inputCount: USUAL_INPUTS });
  }

  async function load(): Promise<void> {
    if (!engine.commandById.has('models.list')) return;
    const answer = await engine.api().execute({ command: 'models.list', inputs: {}, params: {} });
    all.value = modelsReport.parse(answer.report).models;
  }

  return { all, chosen, chosenName, load };
});
