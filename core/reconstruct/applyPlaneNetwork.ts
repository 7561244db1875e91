import { cropPixels } from '#core/image/cropPixels';
import type { Plane } from '#core/image/Plane';
import type { PlaneNetwork } from '#core/network/zoo/loadPlaneNetwork';
import { applyProcessing } from '#core/network/zoo/applyProcessing';
import { computeInTiles, type TileWork } from './computeInTiles';
import { copyReflected } from '#core/util/copyReflected';
import type { RunBlock } from './ReconstructionModel';

/**
 * Makes one plane of one plane with a network: the preprocessing that its package states, the network,
 * and its postprocessing. Where the package states a halo, the plane is continued by reflection as far,
 * so that its edges are as good as the rest, and large planes go in tiles.
 *
 * @param plane finite samples
 * @returns row-major (y, x) samples
 * @throws AxialError CancelledError when the signal fires, and what `run` throws
 */
export async function applyPlaneNetwork(
  plane: Plane,
  network: Omit<PlaneNetwork, 'test'>,
  run: RunBlock,
  work: TileWork = {},
): Promise<Float32Array<ArrayBuffer>> {
  const image = new Float32Array(plane.data);
  const prepared = applyProcessing(image, network.before);
  const { multiplePx, minPx, haloPx } = network;
  const edge = haloPx ?? 0;
  const size = { width: plane.width + 2 * edge, height: plane.height + 2 * edge };
  const result = await computeInTiles(
    size,
    ({ block }, signal) => {
      const { width, height } = block;
      const data = new Float32Array(width * height);
      const region = { x: block.x - edge, y: block.y - edge, width, height };
      copyReflected(prepared, plane, region, data, 0);
      return run({ inputCount: 1, width, height, data }, signal);
    },
    { multiplePx, minPx, reachPx: () => haloPx ?? Infinity, ...work },
  );
  const { width, height } = plane;
  const inner = cropPixels(result, size, { x: edge, y: edge, width, height });
  return applyProcessing(inner, network.after, image);
}
