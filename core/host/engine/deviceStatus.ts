import { availableParallelism, totalmem } from 'node:os';
import type { DeviceStatus } from '#core/command/engineApi';
import type { PlaneCache } from './planeCache';

/** What computes on this machine, and how much memory the engine holds. */
export function deviceStatus(cache: PlaneCache): DeviceStatus {
  return {
    device: `CPU, ${availableParallelism()} threads`,
    gpuMissingBecause: 'This version of Axial runs networks on the CPU only.',
    memoryUsedBytes: process.memoryUsage().rss,
    memoryTotalBytes: Math.min(totalmem(), cache.budgetBytes + 2 * 1024 ** 3),
  };
}
