import { cancellable } from '#core/util/cancellable';
import { AxialError } from '#core/util/errors';
import type { ImageStack, ValueMapping } from './ImageStack';
import { convertedSource } from './convertedSource';
import type { PixelType } from './PixelType';
import { scanValues } from './scanValues';
import type { ScanOptions, ValueScan } from './scanValues';

/** How `convertStack` maps values to integers, and how it reads the stack while it looks for their range. */
export interface ConvertOptions extends ScanOptions {
  /**
   * Sample values that become the smallest and the largest integer; what lies outside is clipped.
   * @default the range of the data, or no scaling at all where every sample is a whole number that fits
   */
  readonly range?: { readonly min: number; readonly max: number };
}

const LARGEST_INTEGER = { uint8: 255, uint16: 65535 } as const;
type IntegerType = keyof typeof LARGEST_INTEGER;

/** sample = stored * scale + offset, and how the user is told. */
interface Plan {
  readonly mapping: ValueMapping | null;
  readonly note: string;
}

/** As many digits as a float32 has, without a tail of zeros. */
function shown(value: number): string {
  return String(Number(value.toPrecision(7)));
}

function countNote(count: number, what: string, fate: string): string {
  if (count === 0) return '';
  return ` ${count} ${count === 1 ? `sample that is ${what} becomes` : `samples that are ${what} become`} ${fate}.`;
}

function scaledPlan(from: PixelType, to: IntegerType, min: number, max: number): Plan {
  const largest = LARGEST_INTEGER[to];
  const mapping = { offset: min, scale: max > min ? (max - min) / largest : 1 };
  const range =
    max > min
      ? `${shown(min)} to ${shown(max)} are stored as 0 to ${largest}`
      : `every sample is ${shown(min)} and is stored as 0`;
  const recover = `value = stored * ${shown(mapping.scale)} + ${shown(mapping.offset)}`;
  return { mapping, note: `Converted from ${from} to ${to}: ${range} (${recover}).` };
}

function planFromScan(from: PixelType, to: IntegerType, scan: ValueScan): Plan {
  const odd =
    countNote(scan.nanCount, 'not a number', '0') +
    countNote(scan.infiniteCount, 'infinite', `the end of the range`);
  const min = scan.min ?? 0;
  const max = scan.max ?? 0;
  if (scan.whole && min >= 0 && max <= LARGEST_INTEGER[to]) {
    return { mapping: null, note: `Converted from ${from} to ${to} without scaling.${odd}` };
  }
  const { mapping, note } = scaledPlan(from, to, min, max);
  return { mapping, note: `${note}${odd}` };
}

async function planToInteger(
  stack: ImageStack,
  to: IntegerType,
  options: ConvertOptions,
): Promise<Plan> {
  const { range } = options;
  if (range) {
    if (!(Number.isFinite(range.min) && Number.isFinite(range.max) && range.min < range.max)) {
      throw new AxialError(
        'UsageError',
        `A range from ${range.min} to ${range.max} holds no values.`,
        'Give a smallest value that is less than the largest one.',
      );
    }
    const { mapping, note } = scaledPlan(stack.pixelType, to, range.min, range.max);
    const odd = stack.pixelType === 'float32' ? ' Samples that are not a number become 0.' : '';
    return { mapping, note: `${note} Samples outside are clipped.${odd}` };
  }
  // Every 8-bit sample fits 16 bits: no need to look.
  if (stack.pixelType === 'uint8') {
    return { mapping: null, note: 'Converted from uint8 to uint16 without scaling.' };
  }
  return planFromScan(stack.pixelType, to, await scanValues(stack, options));
}

/** The mapping from stored integers to what the stack's own mapping means by its samples. */
function composed(inner: ValueMapping | null, outer: ValueMapping | null): ValueMapping | null {
  if (!inner) return outer;
  if (!outer) return inner;
  return {
    offset: inner.offset * outer.scale + outer.offset,
    scale: inner.scale * outer.scale,
  };
}

function toFloat(stack: ImageStack): ImageStack {
  const mapping = stack.valueMapping;
  const scale = mapping?.scale ?? 1;
  const offset = mapping?.offset ?? 0;
  const note = mapping
    ? `Converted from ${stack.pixelType} to float32: value = stored * ${shown(scale)} + ${shown(offset)}.`
    : `Converted from ${stack.pixelType} to float32 without loss.`;
  return {
    ...stack,
    pixelType: 'float32',
    valueMapping: null,
    notes: [...stack.notes, note],
    source: convertedSource(stack.source, (pixels) => {
      const values = new Float32Array(pixels.length);
      if (!mapping) values.set(pixels);
      else for (let i = 0; i < pixels.length; i++) values[i] = pixels[i] * scale + offset;
      return values;
    }),
  };
}

function toInteger(stack: ImageStack, to: IntegerType, { mapping, note }: Plan): ImageStack {
  const largest = LARGEST_INTEGER[to];
  const offset = mapping?.offset ?? 0;
  const scale = mapping?.scale ?? 1;
  return {
    ...stack,
    pixelType: to,
    valueMapping: composed(mapping, stack.valueMapping),
    notes: [...stack.notes, note],
    source: convertedSource(stack.source, (pixels) => {
      const stored =
        to === 'uint8' ? new Uint8Array(pixels.length) : new Uint16Array(pixels.length);
      for (let i = 0; i < pixels.length; i++) {
        const level = (pixels[i] - offset) / scale + 0.5;
        // Written so that NaN fails the first test and stays 0.
        if (level >= 1) stored[i] = level > largest ? largest : level;
      }
      return stored;
    }),
  };
}

/**
 * Converts the samples of a stack to another type, plane by plane when somebody asks.
 *
 * To float32 is exact, and a value mapping is applied. To integers, whole numbers that fit keep their
 * values; anything else is scaled from the data's range (which reads every plane once) or from
 * `options.range`. `valueMapping` of the result then recovers the values to half a step
 * (value = stored * scale + offset), and the last of `notes` says what was done.
 *
 * @returns the stack itself when it already has the type and no range is asked for
 * @throws AxialError `UsageError` when the range is empty, `CancelledError` when the signal is aborted
 */
export async function convertStack(
  stack: ImageStack,
  pixelType: PixelType,
  options: ConvertOptions = {},
): Promise<ImageStack> {
  if (pixelType === 'float32') return stack.pixelType === 'float32' ? stack : toFloat(stack);
  if (pixelType === stack.pixelType && !options.range) return stack;
  const plan = await cancellable(options.signal, () => planToInteger(stack, pixelType, options));
  return toInteger(stack, pixelType, plan);
}
