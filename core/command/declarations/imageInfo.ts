import { z } from 'zod';
import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import type { MacroValue } from '#core/image/History';
import { defineCommand } from '#core/command/defineCommand';
import { countOf } from '#core/util/countOf';
import { printMacro } from '#core/command/printMacro';

export const imageInfo = defineCommand({
  id: 'image.info',
  title: 'Show Info…',
  summary: 'Says what a file holds: size, pixel type, calibration, channels, history.',
  menu: ['Image'],
  accelerator: 'CmdOrCtrl+I',
  verb: 'info',
  inputs: [{ name: 'stack', title: 'File' }],
  outputs: [],
  params: z.object({}),
  recorded: false,
  run(_context, { stack }) {
    return Promise.resolve({ report: infoReport(stack), lines: infoLines(stack) });
  },
});

function infoReport(stack: ImageStack): { [key: string]: MacroValue } {
  const { shape, calibration, source } = stack;
  return {
    path: stack.origin?.path ?? null,
    format: stack.origin?.format ?? null,
    name: stack.name,
    axes: axesOf(stack),
    shape: { ...shape },
    pixelType: stack.pixelType,
    pixelSizeUm: { ...calibration.pixelSizeUm },
    zPositionsUm: zPositionsUm(calibration, shape.z)?.map(toPicometre) ?? null,
    timeStepS: calibration.timeStepS,
    channels: calibration.channels.map((channel) => ({ ...channel })),
    objective: { ...calibration.objective },
    valueMapping: stack.valueMapping && { ...stack.valueMapping },
    levels: source.levels.map((level) => ({ ...level })),
    history: stack.history.calls.map((call) => ({ ...call })),
    macro: stack.history.calls.length > 0 ? printMacro(stack.history) : null,
    notes: [...stack.notes],
  };
}

/** The axes that have more than one element, slowest first, and always y and x. */
function axesOf({ shape }: ImageStack): string {
  return `${shape.t > 1 ? 't' : ''}${shape.c > 1 ? 'c' : ''}${shape.z > 1 ? 'z' : ''}yx`;
}

function infoLines(stack: ImageStack): string[] {
  const { shape, calibration } = stack;
  const { x, y, z } = calibration.pixelSizeUm;
  const um = (value: number | null): string => (value === null ? 'unknown' : `${trim(value)} um`);
  const positions = calibration.zPositionsUm;
  return [
    `${stack.name} (${stack.origin?.format ?? 'computed'})`,
    `  ${shape.x} x ${shape.y} pixels, ${countOf(shape.z, 'plane')}, ${countOf(shape.c, 'channel')}, ${countOf(shape.t, 'time point')}, ${stack.pixelType}`,
    `  pixel size ${um(x)} x ${um(y)}, ${positions ? `z from ${um(positions[0])} to ${um(positions[positions.length - 1])}, not uniform` : `plane spacing ${um(z)}`}`,
    ...calibration.channels.map((channel, i) => {
      const wavelength = channel.emissionNm === null ? '' : `, emission ${channel.emissionNm} nm`;
      return `  channel ${i}: ${channel.name ?? 'unnamed'}${wavelength}`;
    }),
    ...stack.notes.map((note) => `  ${note}`),
    ...(stack.history.calls.length > 0 ? ['', printMacro(stack.history).trimEnd()] : []),
  ];
}

/** Without the noise of multiplying a step: 0.9, not 0.8999999999999999. */
function toPicometre(um: number): number {
  return Math.round(um * 1e6) / 1e6;
}

function trim(value: number): string {
  return String(Number(value.toPrecision(6)));
}
