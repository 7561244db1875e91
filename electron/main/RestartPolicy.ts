const MAX_DEATHS = 4;
const WINDOW_MS = 60_000;

/** Decides whether a dead engine is worth another try: not after several deaths in one minute. */
export class RestartPolicy {
  private deathsMs: number[] = [];

  /** Notes a death at `nowMs` and says whether to start again. */
  allowsRestart(nowMs: number): boolean {
    this.deathsMs = [...this.deathsMs.filter((time) => nowMs - time < WINDOW_MS), nowMs];
    return this.deathsMs.length < MAX_DEATHS;
  }

  /** The user asked for another start. */
  forgive(): void {
    this.deathsMs = [];
  }
}
