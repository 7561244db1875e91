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

  async function onExit({ restarting, exitCode, lastWords }: Exited): Promise<void> {
    const files = reopenable();
    const lost = documents.all.length - files.length;
    engine.lose(restarting);
    dialogs.question = null;
    const details = [`exit code ${exitCode ?? 'unknown'}`, lastWords].join('\n').trim();
    if (!restarting) {
      documents.forgetAll();
      messages.add({
        ...{ scope: null, kind: 'error', details },
        title: 'The engine stopped again and again, so it was not started another time.',
        remedy: 'Choose Help > Restart Engine to try once more.',
      });
      return;
    }
    documents.forgetAll();
    try {
      await connect();
      const reopened = await reopen(files);
      const words = [
        'The engine stopped and was started again.',
        ...(reopened > 0 ? [`${counted(reopened, 'image')} reopened.`] : []),
      ];
      const names = lost > 0 ? `${counted(lost, 'result')} that ${lost === 1 ? 'was' : 'were'} not saved ${lost === 1 ? 'is' : 'are'} gone: run the steps again.` : '';
      messages.add({ scope: null, kind: 'error', title: words.join(' '), remedy: names, details });
    } catch (error) {
      messages.fail(error);
    }
  }

  return { connect, onExit };
}

