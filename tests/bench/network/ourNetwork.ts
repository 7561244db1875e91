/**
 * Our side of network.bench.ts: GRAPH.json WEIGHTS.safetensors THREADS. Each line on standard input
 * runs the network once, "COUNT SIDE" on that many square images, or a command, "axial WORD …"; it
 * prints seconds of processor time, seconds on the clock, and the peak memory in bytes.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { commands } from '#core/command/commands';
import { describeCommand } from '#core/command/describeCommand';
import { cli } from '#core/host/cli/cli';
import { startEngine } from '#core/host/engine/startEngine';
import { createOnnxExecutor } from '#core/host/runtime/createOnnxExecutor';
import { parseGraph } from '#core/network/parseGraph';
import { readSafetensors } from '#core/network/readSafetensors';
import { emittedOnnx } from '#core/network/OnnxSource';

const [graphFile, weightsFile, threads] = process.argv.slice(2);
const graph = parseGraph(readFileSync(graphFile, 'utf8'));
const weights = readSafetensors(readFileSync(weightsFile));
const executor = createOnnxExecutor(emittedOnnx({ graph, weights }), {
  threads: Number(threads),
});

/** The network on noise, which is made outside the measured time. */
function network(inputCount: number, side: number): () => Promise<unknown> {
  const data = Float32Array.from({ length: 2 * inputCount * side * side }, Math.random);
  return () => executor.run({ inputCount, height: side, width: side, data });
}

/** A whole command line, from starting the engine to closing it. */
async function command(words: readonly string[]): Promise<void> {
  const engine = startEngine({
    ...{ root: process.cwd(), threads: Number(threads), device: 'cpu', eager: false },
    workerEntry: pathToFileURL(join('dist', 'cli', 'worker.cjs')),
  });
  const code = await cli(words, {
    stdout: { write: () => true },
    stderr: process.stderr,
    signal: new AbortController().signal,
    commands: () => Promise.resolve([...commands.values()].map(describeCommand)),
    engine: () => engine,
    writeText: () => Promise.resolve(),
    requireWritable: () => Promise.resolve(),
  });
  await engine.close();
  if (code !== 0) throw new Error(`axial ${words.join(' ')} ended with ${code}.`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const [first, ...rest] = line.split(' ');
  const run = first === 'axial' ? () => command(rest) : network(Number(first), Number(rest[0]));
  const [start, before] = [performance.now(), process.cpuUsage()];
  await run();
  const { user, system } = process.cpuUsage(before);
  const seconds = [(user + system) / 1e6, (performance.now() - start) / 1000];
  process.stdout.write(`${seconds.join(' ')} ${1024 * process.resourceUsage().maxRSS}\n`);
}
