/**
 * Counts of grey levels of which samples are added and taken away one by one, and their order
 * statistics. The place of the last answer is kept, since the next one is near; blocks of levels are
 * counted beside the levels, so that a search skips what is empty.
 */
export class LevelHistogram {
  #total = 0;
  /** The level that was looked at last, and the number of samples below it. */
  #level = 0;
  #below = 0;
  readonly #shift: number;
  readonly #counts: Int32Array;
  readonly #blocks: Int32Array;

  /** @param levels number of grey levels, at least 1 */
  constructor(levels: number) {
    this.#shift = Math.ceil(Math.log2(levels) / 2);
    this.#counts = new Int32Array(levels);
    this.#blocks = new Int32Array((levels >> this.#shift) + 1);
  }

  /** Number of samples that are counted. */
  get total(): number {
    return this.#total;
  }

  /** Forgets all samples. */
  clear(): void {
    this.#total = 0;
    this.#below = 0;
    this.#counts.fill(0);
    this.#blocks.fill(0);
  }

  /** Counts the samples at some offsets from a place; levels below 0 are passed over. */
  add(levels: Int32Array, at: number, offsets: Int32Array): void {
    this.#change(levels, at, offsets, 1);
  }

  /** Takes samples away that were counted. */
  remove(levels: Int32Array, at: number, offsets: Int32Array): void {
    this.#change(levels, at, offsets, -1);
  }

  #change(levels: Int32Array, at: number, offsets: Int32Array, by: 1 | -1): void {
    const counts = this.#counts;
    const blocks = this.#blocks;
    const shift = this.#shift;
    const looked = this.#level;
    let total = 0;
    let below = 0;
    for (let k = 0; k < offsets.length; k++) {
      const level = levels[at + offsets[k]];
      if (level < 0) continue;
      counts[level] += by;
      blocks[level >> shift] += by;
      total += 1;
      // The sign bit instead of a branch, which half of the samples would surprise.
      below += (level - looked) >>> 31;
    }
    this.#total += by * total;
    this.#below += by * below;
  }

  /** Level of the sample that has exactly `rank` samples before it in rising order, 0 <= rank < total. */
  levelAt(rank: number): number {
    const counts = this.#counts;
    const blocks = this.#blocks;
    const shift = this.#shift;
    const inBlock = (1 << shift) - 1;
    let level = this.#level;
    let below = this.#below;
    while (below > rank) {
      const block = (level >> shift) - 1;
      if ((level & inBlock) === 0 && below - blocks[block] > rank) {
        level -= inBlock + 1;
        below -= blocks[block];
      } else {
        below -= counts[--level];
      }
    }
    while (below + counts[level] <= rank) {
      if ((level & inBlock) === 0 && below + blocks[level >> shift] <= rank) {
        below += blocks[level >> shift];
        level += inBlock + 1;
      } else {
        below += counts[level++];
      }
    }
    this.#level = level;
    this.#below = below;
    return level;
  }
}
