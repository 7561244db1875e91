import { appendFileSync } from 'node:fs';

/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  /** What was done, on how many pixels. */
  readonly task: string;
  /** The program beside ours. */
  readonly peer: string;
  readonly ourSeconds: number;
  readonly peerSeconds: number;
  /** Largest memory of each process, where each had one of its own. */
  readonly ourPeakBytes?: number;
  readonly peerPeakBytes?: number;
}

/** Says a figure, and hands it to `npm run bench` for the table at its end. */
export function reportRow(row: BenchRow): void {
  const { task, peer, ourSeconds, peerSeconds } = row;
  const ratio = (ourSeconds / peerSeconds).toFixed(2);
  console.info(
    `${task}: ${ourSeconds.toFixed(3)} s, ${peer} ${peerSeconds.toFixed(3)} s, ratio ${ratio}`,
  );
  const file = process.env['AXIAL_BENCH_ROWS'];
  if (file) appendFileSync(file, `${JSON.stringify(row)}\n`);
}
