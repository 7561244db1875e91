import type {
  EngineApi,
  EngineCallOptions,
  EngineEvent,
  ExecuteRequest,
  PlanePixels,
  PlaneRequest,
} from '#core/command/engineApi';
import type { Progress } from '#core/command/CommandContext';
import { allocatePixels, bytesPerSample, type PixelArray } from '#core/image/PixelType';
import { reviveError } from '#core/command/wireError';
import { AxialError } from '#core/util/errors';
import {
  engineMethods,
  type EngineMethod,
  type MethodInput,
  type MethodOutput,
  type PixelHeader,
} from '#electron/shared/engineSchemas';
import { toPageSchema, type Port, type ToPage } from '#electron/shared/portProtocol';

/** One question that waits for its answer. */
interface Pending {
  readonly method: EngineMethod;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
  pixels: { header: PixelHeader; bytes: Uint8Array; array: PixelArray; offset: number } | null;
}

function engineGone(): AxialError {
  return new AxialError(
    'DeviceError',
    'The engine stopped while it was working on this.',
    'It was started again; try once more.',
  );
}

function pixelsFor(header: PixelHeader): PixelArray {
  const samples = header.width * header.height;
  if (samples * bytesPerSample(header.pixelType) !== header.byteLength) {
    throw new RangeError(`The engine announced ${header.byteLength} bytes for ${samples} samples.`);
  }
  return allocatePixels(header.pixelType, samples);
}

/** The engine as the page sees it: every call is a message on the port. */
export class EngineClient implements EngineApi {
  private readonly pending = new Map<number, Pending>();
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private lastId = 0;
  private closed = false;

  constructor(private readonly port: Port) {
    port.listen((data) => {
      this.receive(toPageSchema.parse(data));
    });
  }

  commands() {
    return this.call('commands', {});
  }

  execute(request: ExecuteRequest, options?: EngineCallOptions) {
    return this.call('execute', request, options);
  }

  documents() {
    return this.call('documents', {});
  }

  async closeDocument(id: string): Promise<void> {
    await this.call('closeDocument', { id });
  }

  async readPlane(request: PlaneRequest, options?: EngineCallOptions): Promise<PlanePixels> {
    return (await this.send('readPlane', request, options)) as PlanePixels;
  }

  sharpness(
    document: string,
    index: { readonly t: number; readonly c: number },
    options?: EngineCallOptions,
  ) {
    return this.call('sharpness', { document, ...index }, options);
  }

  recordedMacro() {
    return this.call('recordedMacro', {});
  }

  deviceStatus() {
    return this.call('deviceStatus', {});
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** The engine is gone: nobody will answer what is still open. */
  close(): void {
    this.closed = true;
    for (const { reject } of this.pending.values()) reject(engineGone());
    this.pending.clear();
    this.listeners.clear();
    this.port.close();
  }

  private async call<K extends Exclude<EngineMethod, 'readPlane'>>(
    method: K,
    input: MethodInput<K>,
    options?: EngineCallOptions,
  ): Promise<MethodOutput<K>> {
    const value = await this.send(method, input, options);
    return engineMethods[method].output.parse(value) as MethodOutput<K>;
  }

  private send(
    method: EngineMethod,
    input: unknown,
    options: EngineCallOptions = {},
  ): Promise<unknown> {
    const { signal, onProgress } = options;
    if (this.closed) return Promise.reject(engineGone());
    if (signal?.aborted) return Promise.reject(cancelled());
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        this.port.send({ kind: 'cancel', id });
      };
      const settle =
        <T>(done: (value: T) => void) =>
        (value: T): void => {
          signal?.removeEventListener('abort', cancel);
          this.pending.delete(id);
          done(value);
        };
      this.pending.set(id, {
        method,
        onProgress,
        resolve: settle(resolve),
        reject: settle(reject),
        pixels: null,
      });
      signal?.addEventListener('abort', cancel, { once: true });
      this.port.send({ kind: 'request', id, method, input });
    });
  }

  private receive(message: ToPage): void {
    if (message.kind === 'event') {
      for (const listener of this.listeners) listener(message.event);
      return;
    }
    const pending = this.pending.get(message.id);
    if (!pending) return;
    try {
      this.deliver(message, pending);
    } catch (error) {
      pending.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  private deliver(message: Exclude<ToPage, { kind: 'event' }>, pending: Pending): void {
    switch (message.kind) {
      case 'reply':
        pending.resolve(message.value);
        return;
      case 'failure':
        pending.reject(reviveError(message.error));
        return;
      case 'progress':
        pending.onProgress?.(message.progress);
        return;
      case 'pixels': {
        const array = pixelsFor(message.header);
        pending.pixels = {
          header: message.header,
          array,
          bytes: new Uint8Array(array.buffer),
          offset: 0,
        };
        return;
      }
      case 'chunk':
        this.port.send({ kind: 'received', id: message.id });
        addChunk(pending, message.bytes);
    }
  }
}

function addChunk(pending: Pending, bytes: Uint8Array): void {
  const { pixels } = pending;
  if (!pixels) throw new RangeError('Pixels came without a header.');
  pixels.bytes.set(bytes, pixels.offset);
  pixels.offset += bytes.byteLength;
  if (pixels.offset < pixels.header.byteLength) return;
  const { width, height, pixelType, min, max } = pixels.header;
  pending.resolve({
    width,
    height,
    pixelType,
    min,
    max,
    pixels: pixels.array,
  } satisfies PlanePixels);
}

function cancelled(): AxialError {
  return new AxialError('CancelledError', 'Cancelled.', 'Nothing was changed.');
}
