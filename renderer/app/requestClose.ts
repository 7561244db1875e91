import { ask } from '#renderer/platform/bridge';
import { useDialogs } from '#renderer/stores/dialogs';
import { useDocuments } from '#renderer/stores/documents';

/** Closes the window or quits, after asking about results that are not saved. */
export function requestClose(quit: boolean): void {
  const { unsaved } = useDocuments();
  const leave = (): void => {
    void ask(quit ? 'window.quit' : 'window.close', { discard: true });
  };
  if (unsaved.length === 0) {
    leave();
    return;
  }
  useDialogs().confirmation = {
    title:
      unsaved.length === 1
        ? 'One result is not saved.'
        : `${unsaved.length} results are not saved.`,
    lines: unsaved.map(({ name }) => name),
    discard: quit ? 'Quit without saving' : 'Close without saving',
    onDiscard: leave,
  };
}
