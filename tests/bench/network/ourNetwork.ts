/**
 * Our side of network.bench.ts: GRAPH.json WEIGHTS.safetensors THREADS. Each line "COUNT SIDE" on
 * standard input runs the network on that many square images and prints seconds of processor time,
 * seconds on the clock, and the peak memory in bytes.
 */
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { parseGraph } from '#core/network/parseGraph';
import { readSafetensors } from '#core/network/readSafetensors';

const [graphFile, weightsFile, threads] = process.argv.slice(2);
const graph = parseGraph(readFileSync(graphFile, 'utf8'));
const weights = readSafetensors(readFileSync(weightsFile));
const executor = await createOnnxExecutor({ graph, weights }, { threads: Number(threads) });
for await (const line of createInterface({ input: process.stdin })) {
  const [inputCount, side] = line.split(' ').map(Number);
  const data = Float32Array.from({ length: 2 * inputCount * side * side }, Math.random);
  const [start, before] = [performance.now(), process.cpuUsage()];
  await executor.run({ inputCount, height: side, width: side, data });
  const { user, system } = process.cpuUsage(before);
  const seconds = [(user + system) / 1e6, (performance.now() - start) / 1000];
  process.stdout.write(`${seconds.join(' ')} ${1024 * process.resourceUsage().maxRSS}\n`);
}
