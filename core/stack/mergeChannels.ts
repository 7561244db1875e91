import type { Calibration } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import type { PlaneSource } from '#core/image/PlaneSource';
import { AxialError } from '#core/util/errors';

/**
 * One stack of all the channels of several, in their order; nothing is copied. Lengths that the first
 * does not state come from the first that does.
 *
 * @param stacks at least one, of equal size and pixel type
 * @throws AxialError ImpossibleRequestError when sizes, pixel types or value mappings differ
 */
export function mergeChannels(stacks: readonly ImageStack[]): ImageStack {
  const [first] = stacks;
  for (const stack of stacks) requireMatch(first, stack);
  const places = stacks.flatMap(({ source, shape }) =>
    Array.from({ length: shape.c }, (_, c) => ({ source, c })),
  );
  const { origin: _origin, ...rest } = first;
  return {
    ...rest,
    shape: { ...first.shape, c: places.length },
    calibration: mergedCalibration(stacks.map(({ calibration }) => calibration)),
    notes: [...new Set([...stacks.flatMap(({ notes }) => notes), ...spacingNotes(stacks)])],
    source: {
      levels: sharedLevels(stacks.map(({ source }) => source)),
      read: ({ t, c, z }, options) => {
        const place = places[c];
        return place.source.read({ t, c: place.c, z }, options);
      },
      close: async () => {
        await Promise.all([...new Set(stacks.map(({ source }) => source))].map((s) => s.close()));
      },
    },
  };
}

function requireMatch(first: ImageStack, stack: ImageStack): void {
  const size = ({ shape: { x, y, z, t } }: ImageStack): string =>
    `${x} x ${y} pixels, ${z} planes and ${t} time points`;
  if (size(first) !== size(stack)) {
    throw new AxialError(
      'ImpossibleRequestError',
      `${first.name} has ${size(first)}, ${stack.name} ${size(stack)}.`,
      'Crop, scale or choose planes first, so that all have one size.',
    );
  }
  const mapping = ({ valueMapping }: ImageStack): string => JSON.stringify(valueMapping);
  if (first.pixelType === stack.pixelType && mapping(first) === mapping(stack)) return;
  throw new AxialError(
    'ImpossibleRequestError',
    `${first.name} and ${stack.name} store values differently (${first.pixelType}, ${stack.pixelType}).`,
    'Convert all of them to float32 first.',
  );
}

function mergedCalibration(all: readonly Calibration[]): Calibration {
  const known = <T>(pick: (calibration: Calibration) => T | null): T | null =>
    all.map(pick).find((value) => value !== null) ?? null;
  const heights = all.find((one) => one.zPositionsUm !== null || one.pixelSizeUm.z !== null);
  return {
    ...all[0],
    pixelSizeUm: {
      x: known(({ pixelSizeUm }) => pixelSizeUm.x),
      y: known(({ pixelSizeUm }) => pixelSizeUm.y),
      z: heights?.pixelSizeUm.z ?? null,
    },
    zPositionsUm: heights?.zPositionsUm ?? null,
    timeStepS: known(({ timeStepS }) => timeStepS),
    channels: all.flatMap(({ channels }) => channels),
  };
}

/** A difference below this share of a length is one of rounding in a file. */
const SAME_LENGTH = 1e-3;

function spacingNotes(stacks: readonly ImageStack[]): string[] {
  const [{ calibration: first, name }] = stacks;
  const differs = (a: number | null, b: number | null): boolean =>
    a !== null && b !== null && Math.abs(a - b) > SAME_LENGTH * a;
  return stacks
    .filter(({ calibration: { pixelSizeUm: size } }) =>
      (['x', 'y', 'z'] as const).some((axis) => differs(first.pixelSizeUm[axis], size[axis])),
    )
    .map((stack) => `${stack.name} states other pixel sizes than ${name}; those of ${name} hold.`);
}

/** The resolution levels when all sources have the same, otherwise the full one. */
function sharedLevels(sources: readonly PlaneSource[]): PlaneSource['levels'] {
  const [{ levels }] = sources;
  const same = sources.every((one) => JSON.stringify(one.levels) === JSON.stringify(levels));
  return same ? levels : levels.slice(0, 1);
}
