import { availableParallelism, totalmem } from 'node:os';
import type { DeviceStatus } from '#core/command/engineApi';
import type { NetworkDeviceStatus } from '#core/command/ModelLibrary';
import type { PlaneCache } from './planeCache';

/** What computes on this machine, and how much memory the engine holds. */
export function deviceStatus(
  cache: PlaneCache,
  { description, gpuMissingBecause }: NetworkDeviceStatus,
): DeviceStatus {
  const cpu = `CPU, ${availableParallelism()} threads`;
  return {
    device: gpuMissingBecause === null && description !== null ? `${description} and ${cpu}` : cpu,
    gpuMissingBecause,
    memoryUsedBytes: process.memoryUsage().rss,
    memoryTotalBytes: Math.min(totalmem(), cache.budgetBytes + 2 * 1024 ** 3),
  };
}
