import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { recurrentMz } from '#core/network/recurrentMz';
import { writeSafetensors } from '#core/network/writeSafetensors';
import { benchOnce } from '#tests/bench/benchOnce';
import { median } from '#tests/bench/median';
import { reportRow } from '#tests/bench/reportRow';
import { randomWeights } from '#tests/helpers/randomWeights';
import { torchPython } from '#tests/helpers/torch';

const INPUTS = 3;
const SIDES = [256, 512, 1024];
const MODEL = 'recurrent-mz-63x';
const SHIPPED = ['graph.json', 'weights.safetensors'].map((file) =>
  join('assets', 'models', MODEL, file),
);
/** The large ones take tens of seconds. */
const ROUNDS = { few: 1, many: 3 };

interface Run {
  readonly processorSeconds: number;
  readonly clockSeconds: number;
  readonly peakBytes: number;
}

/** A program that waits between its runs, one line of text for each. */
function program(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    run: async (line: string): Promise<Run> => {
      child.stdin.write(`${line}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error(`${command} ended: PyTorch is needed, see torch.ts.`);
      const [processorSeconds, clockSeconds, peakBytes] = value.split(' ').map(Number);
      return { processorSeconds, clockSeconds, peakBytes };
    },
    end: () => child.stdin.end(),
  };
}

function ourProgram(files: readonly string[], threads: number) {
  const script = ['build/scripts/runTypeScript.mjs', 'tests/bench/network/ourNetwork.ts'];
  return program(process.execPath, [...script, ...files, `${threads}`]);
}

/** The paper's network, n = 20 and five levels, with random weights. */
function paperSized(folder: string): string[] {
  const graph = recurrentMz();
  const files = [join(folder, 'graph.json'), join(folder, 'weights.safetensors')];
  writeFileSync(files[0], JSON.stringify(graph));
  writeFileSync(files[1], writeSafetensors(randomWeights(graph)));
  return files;
}

/** Both sides in turns; the first round warms them up. */
async function inTurns(
  sides: readonly (() => Promise<Run>)[],
  rounds: number,
): Promise<readonly (readonly Run[])[]> {
  const runs = sides.map((): Run[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, side] of sides.entries()) {
      const run = await side();
      if (round > 0) runs[index].push(run);
    }
  }
  return runs;
}

/** One thread is timed in processor time, which other programs stretch less; several by the clock. */
async function besideTorch(threads: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'axial-bench-'));
  const networks = { shipped: SHIPPED, 'paper-sized': paperSized(folder) };
  for (const [name, files] of Object.entries(networks)) {
    const ours = ourProgram(files, threads);
    const args = ['-B', 'tests/bench/network/torchNetwork.py', ...files, `${threads}`];
    const theirs = program(torchPython, args);
    for (const side of SIDES) {
      const job = `${INPUTS} ${side}`;
      const rounds = side > 512 ? ROUNDS.few : ROUNDS.many;
      const runs = await inTurns([() => ours.run(job), () => theirs.run(job)], rounds);
      const [our, their] = runs.map((side) => ({
        seconds: median(
          side.map((run) => (threads === 1 ? run.processorSeconds : run.clockSeconds)),
        ),
        peakBytes: side[0].peakBytes,
      }));
      reportRow({
        task: `${name} network, ${INPUTS} x ${side} x ${side}, ${threads === 1 ? 'one thread' : 'two threads'}`,
        ...{ peer: 'PyTorch', ourSeconds: our.seconds, peerSeconds: their.seconds },
        ...{ ourPeakBytes: our.peakBytes, peerPeakBytes: their.peakBytes },
      });
    }
    ours.end();
    theirs.end();
  }
  rmSync(folder, { recursive: true });
}

const INPUT_PLANES = [4, 20, 36];
/** The network also sees what a fitted specimen and spectral interpolation make of them. */
const SEEN = INPUT_PLANES.length + 2;
/** All that the inputs leave of a stack. */
const PLANES = Array.from({ length: 41 }, (_, z) => z).filter((z) => !INPUT_PLANES.includes(z));

/** The whole command beside the bare network on as many blocks, one thread, processor time. */
async function wholeCommand(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'axial-bench-'));
  const ours = ourProgram(SHIPPED, 1);
  for (const side of SIDES) {
    const [from, to] = ['in', 'out'].map((name) => join(folder, `${name}-${side}.ome.tif`));
    await ours.run(`axial simulate --width ${side} --height ${side} -o ${from} --quiet`);
    const options = `--model ${MODEL} --inputs ${INPUT_PLANES} --planes ${PLANES}`;
    const whole = () => ours.run(`axial reconstruct ${from} ${options} -o ${to} --quiet`);
    const bare = async (): Promise<Run> => {
      let run = await ours.run(`${SEEN} ${side}`);
      for (let plane = 1; plane < PLANES.length; plane++) {
        const { processorSeconds, ...rest } = await ours.run(`${SEEN} ${side}`);
        run = { ...rest, processorSeconds: run.processorSeconds + processorSeconds };
      }
      return run;
    };
    const runs = await inTurns([whole, bare], ROUNDS.few);
    const [our, their] = runs.map((runs) => median(runs.map((run) => run.processorSeconds)));
    const task = `reconstruct, ${side} x ${side} x ${PLANES.length} from ${INPUT_PLANES.length}, one thread`;
    reportRow({ task, peer: 'the bare network', ourSeconds: our, peerSeconds: their });
  }
  ours.end();
  rmSync(folder, { recursive: true });
}

benchOnce('networks beside PyTorch, one thread', () => besideTorch(1));
benchOnce('networks beside PyTorch, two threads', () => besideTorch(2));
benchOnce('reconstruct beside the bare network', wholeCommand);
