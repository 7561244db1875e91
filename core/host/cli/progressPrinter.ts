import type { Progress } from '#core/command/CommandContext';

/** Where progress goes; standard error in the program, a recorder in tests. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const BAR_INTERVAL_MS = 100;
const LINE_INTERVAL_MS = 2000;
const BAR_WIDTH = 24;

/** Shows progress: a bar that redraws itself on a terminal, a plain line now and then elsewhere. */
export interface ProgressPrinter {
  update(progress: Progress): void;
  /** Clears the bar, so that other text can follow. */
  finish(): void;
}

/**
 * @param stream where to write
 * @param nowMs clock, for rate and time left
 */
export function progressPrinter(stream: TextStream, nowMs = Date.now): ProgressPrinter {
  const interactive = stream.isTTY === true;
  let shownAtMs = -Infinity;
  let startedAtMs = nowMs();
  let lastFraction = 0;
  let drawn = false;
  return {
    update({ fraction, step }) {
      // A fraction that falls back belongs to the next piece of work.
      if (fraction !== null && fraction < lastFraction) startedAtMs = nowMs();
      lastFraction = fraction ?? 0;
      const intervalMs = interactive ? BAR_INTERVAL_MS : LINE_INTERVAL_MS;
      if (nowMs() - shownAtMs < intervalMs && fraction !== 1) return;
      shownAtMs = nowMs();
      const left = timeLeft(fraction, shownAtMs - startedAtMs);
      if (interactive) {
        const line = `${bar(fraction)} ${step}${left}`.slice(0, (stream.columns ?? 100) - 1);
        stream.write(`\r\u001b[2K${line}`);
        drawn = true;
      } else {
        const percent = fraction === null ? '' : `${Math.round(fraction * 100)} % `;
        stream.write(`${percent}${step}${left}\n`);
      }
    },
    finish() {
      if (drawn) stream.write('\r\u001b[2K');
      drawn = false;
    },
  };
}

function bar(fraction: number | null): string {
  const full = Math.round((fraction ?? 0) * BAR_WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(BAR_WIDTH - full)}]`;
}

function timeLeft(fraction: number | null, elapsedMs: number): string {
  if (fraction === null || fraction <= 0.02 || fraction >= 1 || elapsedMs < 1000) return '';
  const seconds = Math.ceil(((elapsedMs / fraction) * (1 - fraction)) / 1000);
  return seconds < 100 ? `, ${seconds} s left` : `, ${Math.round(seconds / 60)} min left`;
}
