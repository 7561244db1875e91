import type { Job } from '#renderer/stores/jobs';
import { formatDuration } from '#renderer/components/format';

/** Time per item and time left, as far as the progress tells: "0.16 s a plane · 4 s left". */
export function jobText(job: Job, nowMs: number): string {
  if (job.cancelling) return 'cancelling';
  const { fraction, step } = job.progress;
  const elapsed = (nowMs - job.startedMs) / 1000;
  if (fraction === null || fraction <= 0 || elapsed < 0.5) return '';
  const left = (elapsed * (1 - fraction)) / fraction;
  const counted = /(\w+) (\d+) of \d+/.exec(step);
  const done = Number(counted?.[2] ?? 0);
  const rate = counted && done > 1 ? `${(elapsed / done).toPrecision(2)} s a ${counted[1]} · ` : '';
  return `${rate}${formatDuration(left)} left`;
}
