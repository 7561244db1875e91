import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { bench } from 'vitest';
import { complexDaubechies } from '#core/focus/complexDaubechies';
import type { EdfMethod } from '#core/focus/EdfAccumulator';
import { extendedDepthOfField } from '#core/focus/extendedDepthOfField';
import { noisePlane } from '#tests/helpers/planes';

const SIDE = 512;
const PLANES = 20;
const ROUNDS = 3;
const METHODS: EdfMethod[] = ['complexWavelet', 'focusSurface', 'variance', 'sobel', 'laplacian'];

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

/** A Python that times the same taps; it waits between the rounds. */
function peer(): { seconds: () => Promise<number>; end: () => void } {
  const { re, im } = complexDaubechies(14);
  const taps = JSON.stringify({ re: [...re], im: [...im] });
  const python = process.env['AXIAL_PYTHON'] ?? 'python3';
  const script = 'tests/bench/focus/convolve1d.py';
  const single = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const args = [script, `${SIDE}`, `${SIDE}`, `${PLANES}`, taps];
  const child = spawn(python, args, {
    env: { ...process.env, ...single },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    seconds: async () => {
      child.stdin.write('run\n');
      const { value, done } = await lines.next();
      if (done === true) throw new Error('AXIAL_PYTHON must name a Python with numpy and scipy.');
      return Number(value);
    },
    end: () => child.stdin.end(),
  };
}

async function compare(): Promise<void> {
  const planes = Array.from({ length: PLANES }, (_, z) => noisePlane(SIDE, SIDE, z));
  const scipy = peer();
  const times = new Map<string, number[]>(['scipy', ...METHODS].map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round++) {
    const taken = new Map([['scipy', await scipy.seconds()]]);
    for (const method of METHODS) {
      const start = performance.now();
      extendedDepthOfField(planes, { method });
      taken.set(method, (performance.now() - start) / 1000);
    }
    // The first round warms the machines up.
    if (round > 0) taken.forEach((seconds, name) => times.get(name)?.push(seconds));
  }
  scipy.end();
  const reference = median(times.get('scipy') ?? []);
  console.info(
    `${SIDE} x ${SIDE} x ${PLANES}, median of ${ROUNDS}: scipy ${reference.toFixed(3)} s`,
  );
  for (const method of METHODS) {
    const seconds = median(times.get(method) ?? []);
    console.info(
      `${method.padEnd(16)} ${seconds.toFixed(3)} s, ratio ${(seconds / reference).toFixed(2)}`,
    );
  }
}

// One run that takes turns with the peer by itself; the figures are the ratios that it prints.
bench('extended depth of field beside scipy.ndimage.convolve1d, one thread each', compare, {
  iterations: 1,
  warmupIterations: 0,
  time: 0,
  warmupTime: 0,
});
