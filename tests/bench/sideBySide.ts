import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { discRows } from '#core/filter/discRows';
import { normalDeviates, seededRandom } from '#tests/helpers/planes';
import { benchOnce } from './benchOnce';
import { median } from './median';
import { reportRow } from './reportRow';

/** One comparison: a job of ourJobs.ts and peerJobs.py on an image of this size. */
export interface Comparison {
  readonly job: string;
  readonly peer: string;
  readonly width: number;
  readonly height: number;
  /** @default 1 */
  readonly planes?: number;
}

const ROUNDS = 5;

/**
 * Times each job beside its peer, one thread each, taking turns, in processor time, which other programs
 * on the machine stretch less; the figures are the rows it reports.
 */
export function benchSideBySide(title: string, comparisons: readonly Comparison[]): void {
  const compareAll = async (): Promise<void> => {
    for (const comparison of comparisons) await compare(comparison);
  };
  benchOnce(title, compareAll);
}

async function compare({ job, peer, width, height, planes = 1 }: Comparison): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'axial-bench-'));
  const file = join(folder, 'pixels.raw');
  writeFileSync(file, cells(width, height, planes));
  const args = [job, file, ...[width, height, planes].map(String)];
  const python = process.env['AXIAL_PYTHON'] ?? 'python3';
  const ours = program(process.execPath, [
    'build/scripts/runTypeScript.mjs',
    'tests/bench/ourJobs.ts',
    ...args,
  ]);
  const theirs = program(python, ['tests/bench/peerJobs.py', ...args]);
  const [name, how] = job.split(' ');
  if (name === 'median') theirs.say(JSON.stringify([...discRows(Number(how))]));
  const times = { ours: [] as number[], theirs: [] as number[] };
  let peaks = { ours: 0, theirs: 0 };
  // The first round warms both up.
  for (let round = 0; round <= ROUNDS; round++) {
    const [one, other] = [await ours.run(), await theirs.run()];
    peaks = { ours: one.peakBytes, theirs: other.peakBytes };
    if (round === 0) continue;
    times.ours.push(one.seconds);
    times.theirs.push(other.seconds);
  }
  ours.end();
  theirs.end();
  rmSync(folder, { recursive: true });
  reportRow({
    task: `${job}, ${width} x ${height}${planes > 1 ? ` x ${planes}` : ''}`,
    ...{ peer, ourSeconds: median(times.ours), peerSeconds: median(times.theirs) },
    ...{ ourPeakBytes: peaks.ours, peerPeakBytes: peaks.theirs },
  });
}

interface Program {
  readonly say: (line: string) => void;
  readonly run: () => Promise<{ seconds: number; peakBytes: number }>;
  readonly end: () => void;
}

/** A program that waits between its runs. */
function program(command: string, args: readonly string[]): Program {
  const child = spawn(command, args, {
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const say = (line: string): void => void child.stdin.write(`${line}\n`);
  return {
    say,
    run: async () => {
      say('run');
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${command} ended: AXIAL_PYTHON must have scikit-image.`);
      const [seconds, peakBytes] = value.split(' ').map(Number);
      return { seconds, peakBytes };
    },
    end: () => child.stdin.end(),
  };
}

/** Bright discs on a noisy slope, as 16-bit samples; every plane has its own noise. */
function cells(width: number, height: number, planes: number): Uint16Array<ArrayBuffer> {
  const random = seededRandom(width + planes);
  const noise = normalDeviates(height);
  const scene = new Float32Array(width * height);
  for (let i = 0; i < scene.length; i++) scene[i] = 400 + (200 * (i % width)) / width;
  for (let disc = 0; disc < scene.length / 4000; disc++) {
    const [x0, y0, radius] = [width * random(), height * random(), 4 + 8 * random()];
    const bright = 8000 * random() ** 2;
    for (let y = Math.ceil(y0 - radius); y < Math.min(height, y0 + radius); y++) {
      for (let x = Math.ceil(x0 - radius); x < Math.min(width, x0 + radius); x++) {
        const inside = x >= 0 && y >= 0 && (x - x0) ** 2 + (y - y0) ** 2 < radius ** 2;
        if (inside) scene[y * width + x] += bright;
      }
    }
  }
  const deviates = Float32Array.from({ length: 65_537 }, noise);
  return Uint16Array.from({ length: scene.length * planes }, (_, i) => {
    const value = scene[i % scene.length];
    return Math.max(0, value + deviates[(i * 31) % deviates.length] * Math.sqrt(value));
  });
}
