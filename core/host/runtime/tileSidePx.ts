/** What a whole process needs for each pixel of a tile: twice what it takes with the shipped networks. */
const BYTES_PER_PX = 2048;

/** Every machine that Axial runs on affords this. */
const SMALLEST_PX = 1024;

/**
 * Side in pixels of the tiles that a machine affords with half of its memory. Halos are computed twice,
 * so that large tiles save time: four of 1024 pixels take half as long again as one of 2048. What is
 * free at the moment does not count: the same call must give the same pixels again.
 *
 * @param memoryBytes what the machine has, or the process is allowed
 */
export function tileSidePx(memoryBytes: number): number {
  return Math.max(SMALLEST_PX, Math.floor(Math.sqrt(memoryBytes / 2 / BYTES_PER_PX)));
}
