/**
 * Counts of grey levels of which samples are added and taken away one by one, and their order
 * statistics. Blocks of levels are counted beside the levels, so that a search skips what is empty.
 */
export class LevelHistogram {
  #total = 0;
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
    this.#counts.fill(0);
    this.#blocks.fill(0);
  }

  /** Counts a sample `by` times more; a level below 0 is passed over. */
  count(level: number, by: 1 | -1): void {
    if (level < 0) return;
    this.#total += by;
    this.#counts[level] += by;
    this.#blocks[level >> this.#shift] += by;
  }

  /** Level of the sample that has exactly `rank` samples before it in rising order, 0 <= rank < total. */
  levelAt(rank: number): number {
    let before = 0;
    let block = 0;
    while (before + this.#blocks[block] <= rank) before += this.#blocks[block++];
    let level = block << this.#shift;
    while (before + this.#counts[level] <= rank) before += this.#counts[level++];
    return level;
  }
}
