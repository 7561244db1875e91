import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePortMain } from 'electron';
import { startEngine } from '#core/host/engine/startEngine';
import { deviceFromEnvironment } from '#core/host/runtime/deviceFromEnvironment';
import type { Port } from '#electron/shared/portProtocol';
import { provideWebCrypto } from './provideWebCrypto';
import { serveEngine } from './serveEngine';

function portOf(port: MessagePortMain): Port {
  return {
    send: (message) => {
      port.postMessage(message);
    },
    listen: (listener) => {
      port.on('message', ({ data }: { data: unknown }) => {
        listener(data);
      });
      port.start();
    },
    close: () => {
      port.close();
    },
  };
}

/** The engine process: one engine, and a port to each page that asks for one. */
function main(): void {
  provideWebCrypto();
  const engine = startEngine({
    root: join(__dirname, '..', '..'),
    workerEntry: pathToFileURL(join(__dirname, 'worker.cjs')),
    threads: Number(process.env['AXIAL_THREADS']) || availableParallelism(),
    device: deviceFromEnvironment(),
    eager: true,
  });
  process.parentPort.on('message', ({ ports }) => {
    const [port] = ports;
    if (port) port.once('close', serveEngine(engine, portOf(port)));
  });
}

main();
