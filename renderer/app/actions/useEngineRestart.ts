import type { NetworkDevice } from '#core/network/networkDevices';
import { useApp } from '#renderer/stores/app';
import { useDialogs } from '#renderer/stores/dialogs';
import { useDocuments } from '#renderer/stores/documents';

/** Starts the engine anew, on another device if one is named; asks first where results would be lost. */
export function useEngineRestart(): (device: NetworkDevice | null) => unknown {
  const app = useApp();
  const dialogs = useDialogs();
  const documents = useDocuments();
  return (device) => {
    if (documents.unsaved.length === 0) return app.restartEngine(device);
    dialogs.confirmation = {
      title: 'Results that are not saved will be lost.',
      lines: documents.unsaved.map(({ name }) => name),
      discard: 'Restart without saving',
      onDiscard: () => void app.restartEngine(device),
    };
    return null;
  };
}
