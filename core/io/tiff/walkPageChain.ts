import type { AxialError } from '#core/util/errors';
import { isAxialError } from '#core/util/errors';
import type { DirectoryReader, ImageFileDirectory } from './imageFileDirectory';
import { inlineNumber, readDirectory } from './imageFileDirectory';
import type { TiffHeader } from './readTiffHeader';
import { damagedTiff, unsupportedTiff } from './tiffErrors';
import { TAG } from './tiffTags';

/** More pages than any stack has; a hostile chain stops here. */
const MOST_PAGES = 1_000_000;

/** Where the pages of a TIFF are described, and which of them look alike. */
export interface PageChain {
  /** Byte offset of each page's directory. */
  readonly offsets: Float64Array;
  /** For each page the number of its kind: pages of one kind share size, samples and sample type. */
  readonly kinds: Uint32Array;
  /** For each kind whether it is a reduced-resolution copy or a mask of another page. */
  readonly auxiliaryKinds: readonly boolean[];
  /** Why the chain stops early, when it does. */
  readonly problem: AxialError | null;
}

const KEY_TAGS = [
  TAG.imageWidth,
  TAG.imageLength,
  TAG.samplesPerPixel,
  TAG.bitsPerSample,
  TAG.sampleFormat,
] as const;

function kindKey(ifd: ImageFileDirectory): (number | null)[] {
  const key = KEY_TAGS.map((tag) => inlineNumber(ifd, tag));
  key.push((inlineNumber(ifd, TAG.newSubfileType) ?? 0) & 0b101);
  return key;
}

/** Gives each distinct key a number; pages mostly repeat the key before them. */
class KindRegister {
  readonly auxiliary: boolean[] = [];
  readonly #numbers = new Map<string, number>();
  #lastKey: readonly (number | null)[] = [];
  #last = 0;

  number(key: readonly (number | null)[]): number {
    if (
      key.length === this.#lastKey.length &&
      key.every((value, i) => value === this.#lastKey[i])
    ) {
      return this.#last;
    }
    const text = key.join();
    const number = this.#numbers.get(text) ?? this.#numbers.size;
    if (number === this.#numbers.size) {
      this.#numbers.set(text, number);
      this.auxiliary.push(key.at(-1) !== 0);
    }
    this.#lastKey = key;
    this.#last = number;
    return number;
  }
}

/** Grows by doubling, so that 100 000 pages cost less than 2 MB. */
function grown<T extends Float64Array | Uint32Array>(array: T, larger: T): T {
  larger.set(array);
  return larger;
}

/**
 * Follows the chain of page directories without keeping them: 12 bytes stay in memory for each page.
 * A chain that leaves the file, loops or runs into something else ends there; `problem` says why.
 */
export async function walkPageChain(from: DirectoryReader, header: TiffHeader): Promise<PageChain> {
  let offsets = new Float64Array(64);
  let kindNumbers = new Uint32Array(64);
  const kinds = new KindRegister();
  const seen = new Set<number>();
  let count = 0;
  let problem: AxialError | null = null;
  let offset = header.firstIfd;
  while (offset !== 0) {
    problem = refuseOffset(seen, offset, count);
    if (problem) break;
    seen.add(offset);
    if (count % 1024 === 0) from.signal?.throwIfAborted();
    try {
      const ifd = await readDirectory(from, header, offset);
      if (count === offsets.length) {
        offsets = grown(offsets, new Float64Array(count * 2));
        kindNumbers = grown(kindNumbers, new Uint32Array(count * 2));
      }
      kindNumbers[count] = kinds.number(kindKey(ifd));
      offsets[count++] = offset;
      offset = ifd.next;
    } catch (error) {
      if (!isAxialError(error, 'DamagedFileError')) throw error;
      problem = error;
      break;
    }
  }
  return {
    offsets: offsets.slice(0, count),
    kinds: kindNumbers.slice(0, count),
    auxiliaryKinds: kinds.auxiliary,
    problem,
  };
}

function refuseOffset(seen: ReadonlySet<number>, offset: number, count: number): AxialError | null {
  if (seen.has(offset)) {
    const target = [...seen].indexOf(offset);
    return damagedTiff(
      `The pages of this TIFF loop: after page ${count} the file points back to page ${target + 1}.`,
      { page: count, target: target + 1 },
    );
  }
  if (count < MOST_PAGES) return null;
  return unsupportedTiff(
    `This TIFF has more than ${MOST_PAGES} pages.`,
    'Split it into smaller files.',
  );
}
