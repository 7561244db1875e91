import type { CommandContext } from '#core/command/CommandContext';
import type { LoadedModel } from '#core/command/ModelLibrary';
import { suggestModel, type ModelNeeds } from '#core/command/suggestModel';
import { AxialError } from '#core/util/errors';

/**
 * The networks of a stack, one for each channel; one name serves all channels.
 *
 * @param names names with commas between them; `null` takes the one that fits best
 * @param expectedSha256 what an earlier call computed with, in the same form; a difference is noted
 * @throws AxialError ImpossibleRequestError when there is no such model, or names and channels differ
 *   in number; what loading throws
 */
export async function channelModels(
  context: Pick<CommandContext, 'models' | 'note'>,
  names: string | null,
  { channelCount, ...needs }: ModelNeeds & { readonly channelCount: number },
  expectedSha256: string | null = null,
): Promise<readonly LoadedModel[]> {
  const given = names === null ? [await bestModel(context, needs)] : names.split(',');
  const wanted = given.map((name) => name.trim());
  if (wanted.length !== 1 && wanted.length !== channelCount) {
    throw new AxialError(
      'ImpossibleRequestError',
      `${wanted.length} models are named for ${channelCount} channels.`,
      'Name one model for all channels, or one for each, such as a,b.',
    );
  }
  const loaded: LoadedModel[] = [];
  for (const name of wanted) loaded.push(await context.models.load(name));
  tellChanges(context, loaded, expectedSha256);
  return Array.from({ length: channelCount }, (_, c) => loaded[wanted.length === 1 ? 0 : c]);
}

/** What a history states of the models, so that a later call can be told from this one. */
export function modelFacts(models: readonly LoadedModel[]): {
  readonly model: string;
  readonly modelSha256: string;
} {
  const distinct = new Set(models).size === 1 ? models.slice(0, 1) : models;
  return {
    model: distinct.map(({ summary }) => summary.name).join(','),
    modelSha256: distinct.map(({ sha256 }) => sha256).join(','),
  };
}

async function bestModel(
  { models }: Pick<CommandContext, 'models'>,
  needs: ModelNeeds,
): Promise<string> {
  const best = suggestModel(await models.list(), needs);
  if (best) return best.name;
  throw new AxialError('ImpossibleRequestError', 'No model is installed.', 'Install Axial again.');
}

function tellChanges(
  context: Pick<CommandContext, 'note'>,
  loaded: readonly LoadedModel[],
  expectedSha256: string | null,
): void {
  if (expectedSha256 === null) return;
  const expected = expectedSha256.split(',');
  loaded.forEach(({ summary, sha256 }, i) => {
    if (sha256 !== expected[i]) {
      context.note(
        `The model ${summary.name} is not the one that was used before: its checksum differs.`,
      );
    }
  });
}
