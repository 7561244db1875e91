import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import type { DocumentSummary } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';
import { useDialogs, type CommandQuestion } from '#renderer/stores/dialogs';
import { useDocuments } from '#renderer/stores/documents';
import { visibleProperties, type ParamProperty } from '#renderer/stores/paramSchema';
import { applyingProperties, collect, textOf } from './formModel';

/** The fields of the dialog that is open, what they hold, and what OK would ask for. */
export interface CommandForm {
  readonly question: ComputedRef<CommandQuestion | null>;
  /** Names of images by input, and what the fields say. */
  readonly inputs: Ref<Record<string, string>>;
  readonly texts: Ref<Record<string, string>>;
  readonly properties: ComputedRef<ParamProperty[]>;
  /** The image that the command works on first. */
  readonly subject: ComputedRef<DocumentSummary | null>;
  readonly values: ComputedRef<{ readonly [name: string]: MacroValue } | null>;
  /** Whether an image that is needed was not chosen. */
  readonly missing: (name: string) => boolean;
  /** Inputs and parameters when everything is in order. */
  readonly call: ComputedRef<FormCall | null>;
}

/** What a dialog asks for. */
export interface FormCall {
  readonly inputs: { readonly [name: string]: string };
  readonly params: { readonly [name: string]: MacroValue };
}

export function useCommandForm(): CommandForm {
  const dialogs = useDialogs();
  const documents = useDocuments();
  const texts = ref<Record<string, string>>({});
  const inputs = ref<Record<string, string>>({});

  const question = computed(() => dialogs.question);
  const all = computed(() =>
    question.value ? visibleProperties(question.value.command.params) : [],
  );
  const subject = computed(() => {
    const [first] = question.value?.command.inputs ?? [];
    return documents.byId.get(inputs.value[first?.name ?? ''] ?? '') ?? null;
  });
  const properties = computed(() =>
    applyingProperties(all.value, texts.value, subject.value?.shape ?? null),
  );
  const values = computed(() => collect(properties.value, texts.value));

  function missing(name: string): boolean {
    const input = question.value?.command.inputs.find((candidate) => candidate.name === name);
    return input?.flag === undefined && !documents.byId.has(inputs.value[name] ?? '');
  }

  const call = computed<FormCall | null>(() => {
    const command = question.value?.command;
    if (!command || values.value === null) return null;
    if (command.inputs.some(({ name }) => missing(name))) return null;
    const chosen = Object.entries(inputs.value).filter(([, id]) => id !== '');
    return { inputs: Object.fromEntries(chosen), params: values.value };
  });

  watch(
    question,
    (now) => {
      if (!now) return;
      inputs.value = Object.fromEntries(
        now.command.inputs.map(({ name }) => [name, now.inputs[name] ?? '']),
      );
      texts.value = Object.fromEntries(
        all.value.map((property) => [
          property.name,
          textOf(property, now.params[property.name] ?? property.initial),
        ]),
      );
    },
    { immediate: true },
  );

  return { question, inputs, texts, properties, subject, values, missing, call };
}
