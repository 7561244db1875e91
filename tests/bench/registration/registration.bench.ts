import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { CommandContext } from '#core/command/CommandContext';
import { processAlign } from '#core/command/declarations/processAlign';
import { workerPool } from '#core/host/worker/workerPool';
import { unknownCalibration } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { Plane } from '#core/image/Plane';
import { resamplePlane } from '#core/registration/resamplePlane';
import { median } from '#tests/bench/median';
import { benchOnce } from '#tests/bench/benchOnce';
import { reportRow } from '#tests/bench/reportRow';
import { blobScene, seededRandom, similarity } from '#tests/core/registration/scenes';

const SIDE = 512;
const FRAMES = 20;
const ROUNDS = 3;
const MODELS = ['translation', 'rigid', 'scaled-rotation', 'affine'] as const;
const WORKER = join('dist', 'cli', 'worker.cjs');

/** Noisy frames that drift and turn a little. */
function movie(): Plane[] {
  const scene = blobScene(SIDE, similarity(SIDE, 0, 1, 0, 0), 3, 120);
  const random = seededRandom(5);
  return Array.from({ length: FRAMES }, (_, i) => {
    const matrix = similarity(SIDE, 1.5 * Math.sin(i / 6), 1, 0.9 * i, 4 * Math.cos(i / 4));
    const frame = resamplePlane(scene, { matrix }, { border: 'edge' });
    return {
      ...frame,
      data: frame.data.map(
        (value) => value + Math.sqrt(value) * (random() + random() + random() + random() - 2),
      ),
    };
  });
}

function stackOf(frames: readonly Plane[]): ImageStack {
  const shape = { t: FRAMES, c: 1, z: 1, y: SIDE, x: SIDE };
  return {
    name: 'movie',
    shape,
    pixelType: 'float32',
    calibration: unknownCalibration(1),
    history: { calls: [], result: null },
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(
      shape,
      frames.map(({ data }) => data),
    ),
  };
}

/** Registers and resamples the whole stack, as the command does, on worker threads. */
function ours(stack: ImageStack, threads: number) {
  const tasks = workerPool(pathToFileURL(WORKER), threads);
  const signal = new AbortController().signal;
  const context = { signal, tasks, progress: () => {}, note: () => {} };
  return {
    close: () => tasks.close(),
    seconds: async (model: string): Promise<number> => {
      const start = performance.now();
      const params = processAlign.params.parse({ model, border: 'zero', overshoot: 'keep' });
      const run = processAlign.run(context as unknown as CommandContext, { stack }, params);
      const aligned = (await run).stacks?.['aligned'];
      const frames = Array.from({ length: FRAMES }, (_, t) =>
        aligned?.source.read({ t, c: 0, z: 0 }),
      );
      await Promise.all(frames);
      return (performance.now() - start) / 1000;
    },
  };
}

/** A Python that does the same with pystackreg; it waits between the rounds. */
function peer(file: string) {
  const python = process.env['AXIAL_PYTHON'] ?? 'python3';
  const script = 'tests/bench/registration/stackreg.py';
  const child = spawn(python, [script, file, `${FRAMES}`, `${SIDE}`], {
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let peakBytes = 0;
  return {
    peakBytes: () => peakBytes,
    seconds: async (model: string): Promise<number> => {
      child.stdin.write(`${model}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('AXIAL_PYTHON must name a Python with pystackreg.');
      const [seconds, bytes] = String(value).split(' ').map(Number);
      peakBytes = bytes;
      return seconds;
    },
    end: () => child.stdin.end(),
  };
}

async function compare(): Promise<void> {
  if (!existsSync(WORKER)) throw new Error('Run "npm run build" first: the threads need it.');
  const folder = mkdtempSync(join(tmpdir(), 'axial-bench-'));
  const frames = movie();
  const all = new Float32Array(FRAMES * SIDE * SIDE);
  frames.forEach(({ data }, i) => all.set(data, i * SIDE * SIDE));
  writeFileSync(join(folder, 'frames.raw'), new Uint8Array(all.buffer));
  const stack = stackOf(frames);
  const programs = {
    peer: peer(join(folder, 'frames.raw')),
    one: ours(stack, 1),
    two: ours(stack, 2),
  };
  const names = ['peer', 'one', 'two'] as const;
  for (const model of MODELS) {
    const times = { peer: [] as number[], one: [] as number[], two: [] as number[] };
    // The first round warms the machines up.
    for (let round = 0; round <= ROUNDS; round++) {
      for (const name of names) {
        const seconds = await programs[name].seconds(model);
        if (round > 0) times[name].push(seconds);
      }
    }
    const [reference, one, two] = names.map((name) => median(times[name]));
    const row = {
      peer: 'pystackreg',
      peerSeconds: reference,
      peerPeakBytes: programs.peer.peakBytes(),
      // Of both numbers of threads and of this test runner together.
      ourPeakBytes: 1024 * process.resourceUsage().maxRSS,
    };
    const task = `align ${model}, ${SIDE} x ${SIDE} x ${FRAMES}`;
    reportRow({ ...row, task: `${task}, one thread`, ourSeconds: one });
    reportRow({ ...row, task: `${task}, two threads`, ourSeconds: two });
  }
  programs.peer.end();
  await Promise.all([programs.one.close(), programs.two.close()]);
  rmSync(folder, { recursive: true });
}

benchOnce('align beside pystackreg', compare);
