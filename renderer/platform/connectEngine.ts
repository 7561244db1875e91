import { portMessageSchema } from '#electron/shared/contract';
import type { Port } from '#electron/shared/portProtocol';
import { ask } from './bridge';
import { EngineClient } from './EngineClient';

function portOf(port: MessagePort): Port {
  return {
    send: (message) => {
      port.postMessage(message);
    },
    listen: (listener) => {
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        listener(data);
      };
    },
    close: () => {
      port.close();
    },
  };
}

/** Waits for the port that the preload script hands over under `nonce`. */
function portFor(nonce: string, signal: AbortSignal): Promise<MessagePort> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent<unknown>): void => {
      if (event.source !== window || event.origin !== window.location.origin) return;
      const message = portMessageSchema.safeParse(event.data);
      const [port] = event.ports;
      if (!message.success || message.data.nonce !== nonce || !port) return;
      window.removeEventListener('message', hear);
      resolve(port);
    };
    window.addEventListener('message', hear, { signal });
  });
}

/**
 * Joins the page to the running engine.
 *
 * @throws AxialError DeviceError when there is none
 */
export async function connectEngine(): Promise<EngineClient> {
  const nonce = crypto.randomUUID();
  const waiting = new AbortController();
  const port = portFor(nonce, waiting.signal);
  try {
    await ask('engine.connect', { nonce });
  } catch (error) {
    waiting.abort();
    throw error;
  }
  return new EngineClient(portOf(await port));
}
