import { AxialError } from '#core/util/errors';
import { naturalOrder } from './naturalOrder';

/** An axis along which files of a sequence can follow each other. */
export type FileAxis = 't' | 'c' | 'z';

/** Which file holds which part of a sequence. */
export interface SequenceGrid {
  readonly sizes: { readonly t: number; readonly c: number; readonly z: number };
  /** Axes that the names spell out; empty when files just follow each other. */
  readonly named: readonly FileAxis[];
  /** File number for each (t, c, z), t slowest, z fastest. */
  readonly files: readonly number[];
  readonly notes: readonly string[];
}

const TOKEN = /(?:^|[^a-z0-9])(z|c|ch|t)(\d+)(?=[^a-z0-9]|$)/giu;

function axisOf(letter: string): FileAxis {
  const lower = letter.toLowerCase();
  return lower === 't' || lower === 'z' ? lower : 'c';
}

/** What a name says: "stack_z001_c2.tif" gives z=1, c=2; `null` where an axis is named twice. */
function tokensOf(name: string): Map<FileAxis, number> | null {
  const tokens = new Map<FileAxis, number>();
  for (const match of name.replace(/\.(?:ome\.)?[a-z]+$/iu, '').matchAll(TOKEN)) {
    const axis = axisOf(match[1] ?? '');
    if (tokens.has(axis)) return null;
    tokens.set(axis, Number(match[2]));
  }
  return tokens;
}

function missingPart(lacking: readonly string[]): AxialError {
  return new AxialError(
    'DamagedFileError',
    `The sequence lacks the file for ${lacking.join(', ')}.`,
    'Add the file, or choose with a pattern only files that belong together.',
  );
}

/** Places files by the numbers in their names. */
function namedGrid(
  tokens: readonly Map<FileAxis, number>[],
  axes: readonly FileAxis[],
): SequenceGrid {
  const values = (axis: FileAxis): number[] =>
    [...new Set(tokens.map((token) => token.get(axis) ?? 0))].sort((a, b) => a - b);
  const all = { t: values('t'), c: values('c'), z: values('z') };
  const sizes = { t: all.t.length, c: all.c.length, z: all.z.length };
  const byPlace = new Map(
    tokens.map((token, file) => [
      (['t', 'c', 'z'] as const).map((axis) => token.get(axis) ?? 0).join(),
      file,
    ]),
  );
  if (byPlace.size < tokens.length) {
    throw new AxialError(
      'ImpossibleRequestError',
      'Several files of the sequence have the same place by the numbers in their names.',
      'Choose with a pattern only files that belong together.',
    );
  }
  const files: number[] = [];
  for (const t of all.t) {
    for (const c of all.c) {
      for (const z of all.z) {
        const file = byPlace.get([t, c, z].join());
        const place = { t, c, z };
        if (file === undefined) throw missingPart(axes.map((axis) => `${axis}=${place[axis]}`));
        files.push(file);
      }
    }
  }
  const gaps = axes.filter(
    (axis) => (all[axis].at(-1) ?? 0) - (all[axis][0] ?? 0) >= all[axis].length,
  );
  return {
    sizes,
    named: axes,
    files,
    notes: gaps.map(
      (axis) =>
        `The numbers along ${axis} in the file names have gaps; planes were put side by side.`,
    ),
  };
}

/**
 * Finds out how files form a stack: by tokens such as _z001, _c1 (or _ch1) and _t005 in their names
 * where all have the same ones, else in natural order.
 *
 * @throws AxialError `DamagedFileError` when the numbers leave a hole, `ImpossibleRequestError` when
 *   two files claim the same place
 */
export function sequenceAxes(names: readonly string[]): SequenceGrid {
  const tokens = names.map(tokensOf);
  const known = tokens.filter((token) => token !== null);
  const axes = [...(known[0]?.keys() ?? [])];
  const alike =
    axes.length > 0 &&
    known.length === names.length &&
    known.every((token) => token.size === axes.length && axes.every((axis) => token.has(axis)));
  if (alike) return namedGrid(known, axes);
  const files = names.map((_, i) => i).sort((a, b) => naturalOrder(names[a] ?? '', names[b] ?? ''));
  return { sizes: { t: 1, c: 1, z: names.length }, named: [], files, notes: [] };
}
