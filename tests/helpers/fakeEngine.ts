import type {
  CommandDescriptor,
  DocumentSummary,
  EngineApi,
  EngineCallOptions,
  EngineEvent,
  ExecuteRequest,
  ExecuteResult,
} from '#core/command/engineApi';
import { AxialError, cancelledError } from '#core/util/errors';
import { unknownCalibration } from '#core/image/Calibration';
import { fakeCommands } from './fakeCommands';

const SIZE = 192;
const PLANES = 21;

/** A document as the engine would describe it; overrides say what matters to a test. */
export function fakeDocument(overrides: Partial<DocumentSummary> = {}): DocumentSummary {
  return {
    id: 'd1',
    name: 'nuclei.ome.tif',
    path: '/data/nuclei.ome.tif',
    unsaved: false,
    shape: { t: 1, c: 1, z: PLANES, y: SIZE, x: SIZE },
    pixelType: 'uint16',
    calibration: { ...unknownCalibration(1), pixelSizeUm: { x: 0.1, y: 0.1, z: 0.2 } },
    zPositionsUm: Array.from({ length: PLANES }, (_, z) => z * 0.2),
    valueMapping: null,
    levels: [{ width: SIZE, height: SIZE }],
    notes: [],
    history: '',
    readyPlanes: PLANES,
    ...overrides,
  };
}

/** A few blurred discs, in focus at different depths. */
function fakePlane(z: number): Uint16Array<ArrayBuffer> {
  const pixels = new Uint16Array(SIZE * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      let value = 120 + ((x * 7919 + y * 104729 + z * 31) % 17);
      for (let i = 0; i < 9; i++) {
        const radius = 9 + Math.abs(z - i * 2.3) * 1.6;
        const distance = Math.hypot(x - (22 + ((i * 67) % 150)), y - (25 + ((i * 41) % 140)));
        value += (9e4 / radius ** 2 + 60) / (1 + Math.exp((distance - radius) / 1.4));
      }
      pixels[y * SIZE + x] = value;
    }
  }
  return pixels;
}

const NO_RESULT: ExecuteResult = {
  ...{ documents: {}, texts: {}, report: {} },
  ...{ lines: [], passed: true, notes: [] },
};

async function steps(label: string, options: EngineCallOptions): Promise<void> {
  for (let step = 1; step <= PLANES; step++) {
    if (options.signal?.aborted) throw cancelledError();
    options.onProgress?.({ fraction: step / PLANES, step: `${label} plane ${step} of ${PLANES}` });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** An engine without computation, for tests of what lies around it. */
export class FakeEngine implements EngineApi {
  private readonly listeners = new Set<(event: EngineEvent) => void>();
  private open: DocumentSummary[] = [];
  private made = 0;

  commands(): Promise<readonly CommandDescriptor[]> {
    return Promise.resolve(fakeCommands);
  }

  documents(): Promise<readonly DocumentSummary[]> {
    return Promise.resolve(this.open);
  }

  closeDocument(id: string): Promise<void> {
    this.open = this.open.filter((document) => document.id !== id);
    this.emit({ kind: 'documentsChanged', documents: this.open });
    return Promise.resolve();
  }

  async execute(request: ExecuteRequest, options: EngineCallOptions = {}): Promise<ExecuteResult> {
    const { command, params } = request;
    if (command === 'file.open' && params['path'] === '/data/broken.tif') {
      throw new AxialError(
        'DamagedFileError',
        'This TIFF ends inside plane 41 of 91.',
        'The first 40 planes can be opened.',
        { details: { plane: 41 } },
      );
    }
    if (command.startsWith('file.open')) return this.make('image', fakeDocument());
    await steps(command, options);
    const name = `${command} of ${Object.values(request.inputs)[0] ?? 'nothing'}`;
    return this.make('result', fakeDocument({ name, path: null, unsaved: true }));
  }

  async readPlane(
    { z }: { z: number },
    options: EngineCallOptions = {},
  ): ReturnType<EngineApi['readPlane']> {
    await Promise.resolve();
    options.signal?.throwIfAborted();
    const pixels = fakePlane(z);
    const min = pixels.reduce((low, value) => Math.min(low, value), Infinity);
    const max = pixels.reduce((high, value) => Math.max(high, value), 0);
    return { width: SIZE, height: SIZE, pixelType: 'uint16', pixels, min, max };
  }

  sharpness(): Promise<readonly number[]> {
    return Promise.resolve(
      Array.from({ length: PLANES }, (_, z) => Math.exp(-(((z - 10) / 6) ** 2))),
    );
  }

  recordedMacro(): Promise<string> {
    return Promise.resolve('');
  }

  deviceStatus(): ReturnType<EngineApi['deviceStatus']> {
    return Promise.resolve({
      device: 'CPU, 2 threads',
      gpuMissingBecause: 'no GPU was found',
      memoryUsedBytes: 4e8,
      memoryTotalBytes: 2e9,
    });
  }

  onEvent(listener: (event: EngineEvent) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  emit(event: EngineEvent): void {
    for (const listener of this.listeners) listener(event);
  }

  private make(output: string, document: DocumentSummary): ExecuteResult {
    const made = { ...document, id: `d${++this.made}` };
    this.open = [...this.open, made];
    this.emit({ kind: 'documentsChanged', documents: this.open });
    return { ...NO_RESULT, documents: { [output]: made } };
  }
}
