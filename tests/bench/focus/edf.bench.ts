import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { bench } from 'vitest';
import type { CommandContext } from '#core/command/CommandContext';
import type { Tasks } from '#core/command/tasks';
import { processEdf } from '#core/command/declarations/processEdf';
import { complexDaubechies } from '#core/focus/complexDaubechies';
import type { EdfMethod } from '#core/focus/fusePlanes';
import { workerPool, type WorkerPool } from '#core/host/worker/workerPool';
import { unknownCalibration } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import type { Plane } from '#core/image/Plane';
import { median } from '#tests/bench/median';
import { reportRow } from '#tests/bench/reportRow';
import { noisePlane } from '#tests/helpers/planes';

const SIDE = Number(process.env['AXIAL_BENCH_SIDE'] ?? 512);
const PLANES = Number(process.env['AXIAL_BENCH_PLANES'] ?? 20);
const ROUNDS = 5;
const WORKER = join('dist', 'cli', 'worker.mjs');
const METHODS: { readonly [name: string]: EdfMethod } = {
  'complex-wavelet': 'complexWavelet',
  'focus-surface': 'focusSurface',
  variance: 'variance',
  sobel: 'sobel',
  laplacian: 'laplacian',
};

/** Seconds by the clock, and of the processor where they were measured. */
interface Time {
  readonly clock: number;
  readonly processor: number;
}

/** A Python that times the same filters; it waits between the rounds. */
function peer() {
  const { re, im } = complexDaubechies(14);
  const taps = JSON.stringify({ re: [...re], im: [...im] });
  const python = process.env['AXIAL_PYTHON'] ?? 'python3';
  const script = 'tests/bench/focus/convolve1d.py';
  const single = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const child = spawn(python, [script, `${SIDE}`, `${SIDE}`, `${PLANES}`, taps], {
    env: { ...process.env, ...single },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let peakBytes = 0;
  return {
    peakBytes: () => peakBytes,
    time: async (method: EdfMethod): Promise<Time> => {
      child.stdin.write(`${method}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error('AXIAL_PYTHON must name a Python with numpy and scipy.');
      const [clock, processor, bytes] = String(value).split(' ').map(Number);
      peakBytes = bytes;
      return { clock, processor };
    },
    end: () => child.stdin.end(),
  };
}

async function timed(work: () => Promise<unknown>): Promise<Time> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const clock = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  return { clock, processor: (user + system) / 1e6 };
}

/** The command with one and with two worker threads beside the one that reads. */
function ours(planes: readonly Plane[]) {
  const shape = { t: 1, c: 1, z: PLANES, y: SIDE, x: SIDE };
  const stack: ImageStack = {
    name: 'noise',
    shape,
    pixelType: 'float32',
    calibration: unknownCalibration(1),
    history: { calls: [], result: null },
    valueMapping: null,
    notes: [],
    source: memoryPlaneSource(
      shape,
      planes.map(({ data }) => data),
    ),
  };
  const pools = [1, 2].map((threads) => workerPool(pathToFileURL(WORKER), threads));
  const run = (tasks: WorkerPool<Tasks>) => (name: string) => {
    const signal = new AbortController().signal;
    const context = { signal, tasks, progress: () => {}, note: () => {} } as unknown;
    const params = processEdf.params.parse({ method: name });
    return timed(() => processEdf.run(context as CommandContext, { stack }, params));
  };
  return {
    one: run(pools[0]),
    two: run(pools[1]),
    close: () => Promise.all(pools.map((pool) => pool.close())),
  };
}

async function compare(): Promise<void> {
  if (!existsSync(WORKER)) throw new Error('Run "npm run build" first: the threads need it.');
  const planes = Array.from({ length: PLANES }, (_, z) => noisePlane(SIDE, SIDE, z));
  const scipy = peer();
  const { one, two, close } = ours(planes);
  for (const [name, method] of Object.entries(METHODS)) {
    const times: { peer: Time; one: Time; two: Time }[] = [];
    // The first round warms the machines up.
    for (let round = 0; round <= ROUNDS; round++) {
      const taken = {
        peer: await scipy.time(method),
        one: await one(name),
        two: await two(name),
      };
      if (round > 0) times.push(taken);
    }
    const clock = (who: 'peer' | 'one' | 'two'): number =>
      median(times.map((taken) => taken[who].clock));
    const row = {
      peer: 'scipy',
      peerSeconds: clock('peer'),
      peerPeakBytes: scipy.peakBytes(),
      // Of both numbers of threads, of the stack and of this test runner together.
      ourPeakBytes: 1024 * process.resourceUsage().maxRSS,
    };
    const task = `edf ${name}, ${SIDE} x ${SIDE} x ${PLANES}`;
    const [ourProcessor, peerProcessor] = (['one', 'peer'] as const).map((who) =>
      median(times.map((taken) => taken[who].processor)),
    );
    const share = (ourProcessor / peerProcessor).toFixed(2);
    reportRow({ ...row, task: `${task}, one thread`, ourSeconds: clock('one') });
    reportRow({ ...row, task: `${task}, two threads`, ourSeconds: clock('two') });
    console.info(`${task}: processor time of one thread ${share} of scipy's`);
  }
  scipy.end();
  await close();
}

// One run that takes turns with the peer by itself; the figures are the ratios that it prints.
bench('extended depth of field beside scipy.ndimage.convolve1d', compare, {
  iterations: 1,
  warmupIterations: 0,
  time: 0,
  warmupTime: 0,
});
