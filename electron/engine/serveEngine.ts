import type { EngineApi, EngineCallOptions, PlanePixels } from '#core/command/engineApi';
import {
  engineMethods,
  type EngineMethod,
  type MethodInput,
  type PixelHeader,
} from '#electron/shared/engineSchemas';
import {
  PIXEL_CHUNK_BYTES,
  PIXEL_WINDOW,
  toEngineSchema,
  type Port,
  type ToEngine,
} from '#electron/shared/portProtocol';
import { toWireError } from '#core/command/wireError';

/** One request that is being answered. */
interface Call {
  readonly controller: AbortController;
  /** Pixel messages that the page has not confirmed. */
  unconfirmed: number;
  /** Wakes the sender when the page has confirmed one. */
  wake: () => void;
}

type Answers = {
  readonly [K in EngineMethod]: (
    input: MethodInput<K>,
    options: EngineCallOptions,
  ) => Promise<unknown>;
};

function answersOf(engine: EngineApi): Answers {
  return {
    commands: () => engine.commands(),
    execute: (input, options) => engine.execute(input, options),
    documents: () => engine.documents(),
    closeDocument: async ({ id }) => {
      await engine.closeDocument(id);
      return null;
    },
    readPlane: (input, options) => engine.readPlane(input, options),
    sharpness: ({ document, t, c }, options) => engine.sharpness(document, { t, c }, options),
    recordedMacro: () => engine.recordedMacro(),
    deviceStatus: () => engine.deviceStatus(),
  };
}

function bytesOf({ pixels }: PlanePixels): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}

/** Answers one page on one port: see [Note: pixels on the port] in portProtocol.ts. */
class PortServer {
  private readonly calls = new Map<number, Call>();
  private readonly answers: Answers;
  private readonly removeListener: () => void;

  constructor(
    engine: EngineApi,
    private readonly port: Port,
    private readonly chunkBytes: number,
  ) {
    this.answers = answersOf(engine);
    this.removeListener = engine.onEvent((event) => {
      port.send({ kind: 'event', event });
    });
    port.listen((data) => {
      this.receive(data);
    });
  }

  close(): void {
    this.removeListener();
    for (const call of this.calls.values()) {
      call.controller.abort();
      call.wake();
    }
    this.port.close();
  }

  private receive(data: unknown): void {
    const parsed = toEngineSchema.safeParse(data);
    if (!parsed.success) {
      console.error('The engine refused a message:', parsed.error.message);
      return;
    }
    const message = parsed.data;
    if (message.kind === 'request') {
      void this.answer(message);
      return;
    }
    const call = this.calls.get(message.id);
    if (!call) return;
    if (message.kind === 'cancel') call.controller.abort();
    else call.unconfirmed--;
    call.wake();
  }

  private async answer(message: Extract<ToEngine, { kind: 'request' }>): Promise<void> {
    const { id, method } = message;
    const call: Call = { controller: new AbortController(), unconfirmed: 0, wake: () => undefined };
    this.calls.set(id, call);
    try {
      const value = await this.call(method, message.input, {
        signal: call.controller.signal,
        onProgress: (progress) => {
          this.port.send({ kind: 'progress', id, progress });
        },
      });
      if (method === 'readPlane') await this.sendPixels(id, call, value as PlanePixels);
      else this.port.send({ kind: 'reply', id, value });
    } catch (error) {
      this.port.send({ kind: 'failure', id, error: toWireError(error) });
    } finally {
      this.calls.delete(id);
    }
  }

  private call<K extends EngineMethod>(
    method: K,
    input: unknown,
    options: EngineCallOptions,
  ): Promise<unknown> {
    const checked = engineMethods[method].input.parse(input) as MethodInput<K>;
    return this.answers[method](checked, options);
  }

  private async sendPixels(id: number, call: Call, plane: PlanePixels): Promise<void> {
    const bytes = bytesOf(plane);
    const chunks = Math.ceil(bytes.byteLength / this.chunkBytes);
    const { width, height, pixelType, min, max } = plane;
    const header: PixelHeader = {
      ...{ width, height, pixelType, min, max },
      byteLength: bytes.byteLength,
      chunks,
    };
    this.port.send({ kind: 'pixels', id, header });
    for (let index = 0; index < chunks; index++) {
      while (call.unconfirmed >= PIXEL_WINDOW && !call.controller.signal.aborted) {
        await new Promise<void>((resolve) => {
          call.wake = resolve;
        });
      }
      call.controller.signal.throwIfAborted();
      const start = index * this.chunkBytes;
      call.unconfirmed++;
      this.port.send({
        kind: 'chunk',
        id,
        index,
        bytes: bytes.slice(start, start + this.chunkBytes),
      });
    }
  }
}

/**
 * Serves an engine on a port until the returned function is called.
 *
 * @param chunkBytes bytes of one pixel message
 */
export function serveEngine(
  engine: EngineApi,
  port: Port,
  chunkBytes: number = PIXEL_CHUNK_BYTES,
): () => void {
  const server = new PortServer(engine, port, chunkBytes);
  return () => {
    server.close();
  };
}
