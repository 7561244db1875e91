/**
 * Our side of the comparison, bundled as users get it, in a process of its own. Arguments: WIDTH PLANES.
 * Each line "THREADS METHOD" on standard input fuses a stack of noise once and prints the seconds by
 * the clock, those of the processor, and the peak memory of the process so far in bytes.
 */
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { CommandContext } from '#core/command/CommandContext';
import { processEdf } from '#core/command/declarations/processEdf';
import { workerPool } from '#core/host/worker/workerPool';
import { unknownCalibration } from '#core/image/Calibration';
import { EMPTY_HISTORY } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import { memoryPlaneSource } from '#core/image/memoryPlaneSource';
import { noisePlane } from '#tests/helpers/planes';

const [side, planeCount] = process.argv.slice(2).map(Number);
const shape = { t: 1, c: 1, z: planeCount, y: side, x: side };
const stack: ImageStack = {
  ...{ name: 'noise', shape, pixelType: 'float32', calibration: unknownCalibration(1) },
  ...{ history: EMPTY_HISTORY, valueMapping: null, notes: [] },
  source: memoryPlaneSource(
    shape,
    Array.from({ length: planeCount }, (_, z) => noisePlane(side, side, z).data),
  ),
};
const worker = pathToFileURL('dist/cli/worker.cjs');
const pools = new Map([1, 2].map((threads) => [threads, workerPool(worker, threads)]));

for await (const line of createInterface({ input: process.stdin })) {
  const [threads, method] = line.split(' ');
  const context = {
    signal: new AbortController().signal,
    tasks: pools.get(Number(threads)),
    progress: () => {},
    note: () => {},
  } as unknown as CommandContext;
  const before = process.cpuUsage();
  const start = performance.now();
  await processEdf.run(context, { stack }, processEdf.params.parse({ method }));
  const clock = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  process.stdout.write(`${clock} ${(user + system) / 1e6} ${peakBytes}\n`);
}
await Promise.all([...pools.values()].map((pool) => pool.close()));
