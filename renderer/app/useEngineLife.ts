import { onMainEvent } from '#renderer/platform/bridge';
import { useCommands } from '#renderer/stores/commands';
import { useDialogs } from '#renderer/stores/dialogs';
import { useDocuments } from '#renderer/stores/documents';
import { useEngine } from '#renderer/stores/engine';
import { useMessages } from '#renderer/stores/messages';
import { useModels } from '#renderer/stores/models';

type Exited = Extract<Parameters<Parameters<typeof onMainEvent>[0]>[0], { kind: 'engineExited' }>;

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

const GIVEN_UP = {
  title: 'The engine stopped again and again, so it was not started another time.',
  remedy: 'Choose Help > Restart Engine to try once more.',
};

/** What to say after a restart, which the user wanted or not. */
export function restartText(
  reopened: number,
  lost: number,
  wanted = false,
): { title: string; remedy: string } {
  const again = reopened > 0 ? ` ${counted(reopened, 'image')} reopened.` : '';
  const gone = lost === 1 ? 'was not saved and is gone' : 'were not saved and are gone';
  return {
    title: `The engine ${wanted ? 'was' : 'stopped and was'} started again.${again}`,
    remedy: lost > 0 ? `${counted(lost, 'result')} ${gone}: run the steps again.` : '',
  };
}

/** Connects the engine, and after its death says so, connects the next one and reopens the files. */
export function useEngineLife(): {
  readonly connect: () => Promise<void>;
  readonly onExit: (event: Exited) => Promise<void>;
} {
  const commands = useCommands();
  const dialogs = useDialogs();
  const documents = useDocuments();
  const engine = useEngine();
  const messages = useMessages();
  const models = useModels();

  async function connect(): Promise<void> {
    await engine.connect();
    documents.accept(await engine.api().documents());
    await models.load();
  }

  /** How to open a document again: by its path, or as the sample; results cannot be. */
  function reopenable(): { path: string | null; name: string }[] {
    return documents.all
      .filter(({ path, unsaved }) => path !== null || !unsaved)
      .map(({ path, name }) => ({ path, name }));
  }

  async function reopen(files: readonly { path: string | null }[]): Promise<number> {
    let reopened = 0;
    for (const { path } of files) {
      const done =
        path === null
          ? await commands.execute('file.openSample', {}, {})
          : await commands.execute('file.open', {}, { path });
      if (done) reopened++;
    }
    return reopened;
  }

  async function onExit({ wanted, restarting, exitCode, lastWords }: Exited): Promise<void> {
    const files = reopenable();
    const lost = documents.all.length - files.length;
    const details = [`exit code ${exitCode ?? 'unknown'}`, lastWords].join('\n').trim();
    engine.lose(restarting);
    dialogs.question = null;
    documents.forgetAll();
    if (!restarting) {
      messages.add({ scope: null, kind: 'error', details, ...GIVEN_UP });
      return;
    }
    try {
      await connect();
      const text = restartText(await reopen(files), lost, wanted);
      if (wanted) messages.notice(text.title, null, text.remedy);
      else messages.add({ scope: null, kind: 'error', details, ...text });
    } catch (error) {
      messages.fail(error);
    }
  }

  return { connect, onExit };
}
