/** The rows of tests/bench/reportRow.ts as a table in Markdown. */
export function benchTable(rows) {
  const head = ['task', 'ours', 'other program', 'its time', 'ratio', 'our memory', 'its memory'];
  const lines = rows.map((row) => [
    row.task,
    seconds(row.ourSeconds),
    row.peer,
    seconds(row.peerSeconds),
    (row.ourSeconds / row.peerSeconds).toFixed(2),
    megabytes(row.ourPeakBytes),
    megabytes(row.peerPeakBytes),
  ]);
  const cells = [head, head.map(() => '---'), ...lines];
  return cells.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

function seconds(value) {
  return value < 1 ? `${(1000 * value).toFixed(0)} ms` : `${value.toFixed(2)} s`;
}

function megabytes(bytes) {
  return bytes === undefined ? '–' : `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
