import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { Port } from '#electron/shared/portProtocol';

/** Every message that went through a port, in order. */
export interface WatchedPort extends Port {
  readonly sent: unknown[];
}

function watched(port: MessagePort): WatchedPort {
  const sent: unknown[] = [];
  return {
    sent,
    send: (message) => {
      sent.push(message);
      port.postMessage(message);
    },
    listen: (listener) => {
      port.on('message', listener);
    },
    close: () => {
      port.close();
    },
  };
}

/** Two joined ends: messages are copied on the way, as between processes. */
export function portPair(): { readonly engine: WatchedPort; readonly page: WatchedPort } {
  const { port1, port2 } = new MessageChannel();
  return { engine: watched(port1), page: watched(port2) };
}
