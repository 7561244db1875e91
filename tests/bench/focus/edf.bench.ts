import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { complexDaubechies } from '#core/focus/complexDaubechies';
import { median } from '#tests/bench/median';
import { benchOnce } from '#tests/bench/benchOnce';
import { reportRow } from '#tests/bench/reportRow';

const SIDE = process.env['AXIAL_BENCH_SIDE'] ?? '512';
const PLANES = process.env['AXIAL_BENCH_PLANES'] ?? '20';
const ROUNDS = 7;
/** Names of the methods here and in convolve1d.py. */
const METHODS = {
  'complex-wavelet': 'complexWavelet',
  'focus-surface': 'focusSurface',
  variance: 'variance',
  sobel: 'sobel',
  laplacian: 'laplacian',
};

interface Run {
  readonly clock: number;
  readonly processor: number;
  readonly peakBytes: number;
}

/** A program that does what a line asks for and answers with the three figures of a run. */
function program(command: string, args: readonly string[], remedy: string) {
  const child = spawn(command, args, {
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async (line: string): Promise<Run> => {
      child.stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(remedy);
      const [clock, processor, peakBytes] = String(value).split(' ').map(Number);
      return { clock, processor, peakBytes };
    },
    end: () => child.stdin.end(),
  };
}

function peer() {
  const { re, im } = complexDaubechies(14);
  const taps = JSON.stringify({ re: [...re], im: [...im] });
  return program(
    process.env['AXIAL_PYTHON'] ?? 'python3',
    ['tests/bench/focus/convolve1d.py', SIDE, SIDE, PLANES, taps],
    'AXIAL_PYTHON must name a Python with numpy and scipy.',
  );
}

function ours() {
  const script = ['build/scripts/runTypeScript.mjs', 'tests/bench/focus/fusions.ts'];
  return program(process.execPath, [...script, SIDE, PLANES], 'The fusion ended.');
}

async function compare(): Promise<void> {
  if (!existsSync('dist/cli/worker.cjs')) {
    throw new Error('Run "npm run build" first: the threads need it.');
  }
  const [scipy, axial] = [peer(), ours()];
  for (const [name, theirs] of Object.entries(METHODS)) {
    const runs: { peer: Run; one: Run; two: Run }[] = [];
    // The first round warms the machines up.
    for (let round = 0; round <= ROUNDS; round++) {
      const taken = {
        peer: await scipy.run(theirs),
        one: await axial.run(`1 ${name}`),
        two: await axial.run(`2 ${name}`),
      };
      if (round > 0) runs.push(taken);
    }
    report(name, runs);
  }
  scipy.end();
  axial.end();
}

function report(name: string, runs: readonly { peer: Run; one: Run; two: Run }[]): void {
  const of = (who: 'peer' | 'one' | 'two', what: keyof Run): number =>
    median(runs.map((run) => run[who][what]));
  const row = {
    peer: 'scipy',
    peerSeconds: of('peer', 'clock'),
    peerPeakBytes: of('peer', 'peakBytes'),
    // Of both numbers of threads.
    ourPeakBytes: of('two', 'peakBytes'),
  };
  const task = `edf ${name}, ${SIDE} x ${SIDE} x ${PLANES}`;
  const share = (of('one', 'processor') / of('peer', 'processor')).toFixed(2);
  reportRow({ ...row, task: `${task}, one thread`, ourSeconds: of('one', 'clock') });
  reportRow({ ...row, task: `${task}, two threads`, ourSeconds: of('two', 'clock') });
  console.info(`${task}: processor time of one thread ${share} of scipy's`);
}

benchOnce('extended depth of field beside scipy.ndimage.convolve1d', compare);
