import type { CommandContext, Progress } from '#core/command/CommandContext';
import { commands } from '#core/command/commands';
import { inlineTaskRunner } from '#core/command/inlineTaskRunner';
import { runCommand } from '#core/command/runCommand';
import type { TaskRunner } from '#core/command/TaskRunner';
import type { ImageStack } from '#core/image/ImageStack';
import { readPlane } from '#core/image/readPlane';
import { describe, expect, it } from 'vitest';

const SMALL = { width: 20, height: 16, planes: 3, pixelSizeUm: 0.15, zStepUm: 1 };

/** Runs the command and notes how often a whole stack was made. */
async function simulate(params: { readonly [name: string]: string | number | undefined }) {
  const heard: Progress[] = [];
  const runner = inlineTaskRunner();
  const made = { stacks: 0 };
  const tasks: TaskRunner = {
    concurrency: runner.concurrency,
    run(name, ...rest) {
      if (name === 'simulatedExposures') made.stacks++;
      return runner.run(name, ...rest);
    },
  };
  const context = {
    signal: new AbortController().signal,
    progress: (progress: Progress) => void heard.push(progress),
    tasks,
  } as unknown as CommandContext;
  const command = commands.get('simulate.specimen');
  if (!command) throw new RangeError();
  const { stacks } = await runCommand(command, context, {
    inputs: {},
    params: { ...SMALL, ...params },
  });
  const { simulated, clean, specimen } = stacks as { [name: string]: ImageStack };
  return { simulated, clean, specimen, heard, made };
}

const plane = async (stack: ImageStack, t: number, z: number) =>
  (await readPlane(stack, { t, c: 0, z })).data;

describe('simulate', () => {
  it('makes one stack without a time step by default', async () => {
    const { simulated, made } = await simulate({});
    expect(simulated.shape).toEqual({ t: 1, c: 1, z: 3, y: 16, x: 20 });
    expect(simulated.calibration.timeStepS).toBeNull();
    await plane(simulated, 0, 2);
    expect(made.stacks).toBe(1);
  });

  it('states how many time points there are and how far apart', async () => {
    const { simulated, clean, specimen } = await simulate({ timePoints: 4, timeStepS: 2.5 });
    for (const stack of [simulated, clean, specimen]) {
      expect(stack.shape).toEqual({ t: 4, c: 1, z: 3, y: 16, x: 20 });
      expect(stack.calibration.timeStepS).toBe(2.5);
      expect(stack.calibration.pixelSizeUm.x).toBe(0.15);
    }
  });

  it('makes each time point once for who reads in order, and tells of its part of the work', async () => {
    const { simulated, clean, made, heard } = await simulate({ timePoints: 4 });
    expect(made.stacks).toBe(1);
    expect(heard.at(-1)?.fraction).toBeCloseTo(0.25, 9);
    for (let t = 0; t < 4; t++) {
      for (let z = 0; z < 3; z++) {
        await plane(simulated, t, z);
        await plane(clean, t, z);
      }
    }
    expect(made.stacks).toBe(4);
  });

  it('gives a plane that is read again the same values', async () => {
    const { simulated } = await simulate({ timePoints: 3, walkUm: 0.1 });
    const first = [await plane(simulated, 0, 1), await plane(simulated, 1, 1)];
    expect([await plane(simulated, 0, 1), await plane(simulated, 1, 1)]).toEqual(first);
    expect(first[1]).not.toEqual(first[0]);
  });

  it('keeps the brightness of the first time point, with bleaching and haze too', async () => {
    const { clean } = await simulate({ timePoints: 3, haze: 0.2, bleaching: 0.3 });
    expect(await plane(clean, 2, 1)).toEqual(await plane(clean, 0, 1));
    const dark = await simulate({
      ...{ specimen: 'beads', timePoints: 2, blinking: 1, background: 0, haze: 0 },
    });
    const levels = await plane(dark.clean, 1, 1);
    // Nothing but the offset of the camera.
    expect(levels.every((level: number) => level === 100)).toBe(true);
  });

  it('stops when reading is cancelled, and goes on when asked again', async () => {
    const { simulated } = await simulate({ timePoints: 2 });
    const controller = new AbortController();
    const reading = readPlane(simulated, { t: 1, c: 0, z: 0 }, { signal: controller.signal });
    controller.abort(new Error('stop'));
    await expect(reading).rejects.toThrow('stop');
    expect(await plane(simulated, 1, 0)).toHaveLength(320);
  });

  it('makes a time point that others still wait for when one reader goes', async () => {
    const { simulated } = await simulate({ timePoints: 2 });
    const controller = new AbortController();
    const leaving = readPlane(simulated, { t: 1, c: 0, z: 0 }, { signal: controller.signal });
    const staying = readPlane(simulated, { t: 1, c: 0, z: 1 });
    controller.abort(new Error('stop'));
    await expect(leaving).rejects.toThrow('stop');
    expect((await staying).data).toHaveLength(320);
  });

  it.each([{ timePoints: 0 }, { timePoints: 201 }, { timeStepS: 0 }, { blinking: 1.1 }])(
    'refuses %o',
    async (params) => {
      await expect(simulate(params)).rejects.toMatchObject({ tag: 'UsageError' });
    },
  );
});
