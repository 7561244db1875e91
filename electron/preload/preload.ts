import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  EVENT_CHANNEL,
  PORT_CHANNEL,
  REQUEST_NAMES,
  requestChannel,
  type RequestName,
} from '#electron/shared/channels';
import type { Bridge } from '#electron/shared/bridge';

const known: ReadonlySet<string> = new Set(REQUEST_NAMES);

const bridge: Bridge<File> = {
  invoke: (name: RequestName, input: unknown) => {
    if (!known.has(name)) return Promise.reject(new TypeError(`There is no request "${name}".`));
    return ipcRenderer.invoke(requestChannel(name), input);
  },
  onEvent: (listener) => {
    ipcRenderer.on(EVENT_CHANNEL, (_event, message: unknown) => {
      listener(message);
    });
  },
  pathForFile: (file) => webUtils.getPathForFile(file),
};

contextBridge.exposeInMainWorld('axial', bridge);

// A port cannot pass the context bridge; a message to our own window can carry it.
ipcRenderer.on(PORT_CHANNEL, (event, message: { readonly nonce: string }) => {
  window.postMessage(
    { channel: PORT_CHANNEL, nonce: message.nonce },
    window.location.origin,
    event.ports,
  );
});
