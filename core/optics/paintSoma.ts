import { createRandom } from '#core/util/random';
import type { Vector } from './curve';
import { smoothNoise } from './smoothNoise';
import { softStep } from './softStep';
import { splatPoint } from './splatPoint';
import { eachVoxel, voxelBox } from './voxelBox';
import type { VoxelGrid } from './VoxelGrid';

/** A cell body or a grain. Lengths are in micrometres. */
export interface Soma {
  readonly place: Vector;
  readonly radiusUm: number;
  /** Length over width; the long axis lies flat. */
  readonly elongation: number;
  /** Direction of the long axis, in radians from x. */
  readonly heading: number;
  readonly density: number;
  /** Density of the nucleus, relative to the rest of the cell. */
  readonly nucleus: number;
  /** Standard deviation of the logarithm of the density. */
  readonly texture: number;
  readonly seed: number;
}

/** Radius of the nucleus, as a share of the cell body's. */
const NUCLEUS_SHARE = 0.6;

/** Depth of the dents, as a share of the radius. */
const DENT = 0.1;

/**
 * Paints an ellipsoid with a soft, dented border, a nucleus of its own density and a texture. One that is
 * smaller than the voxels is painted as a point of the same light.
 *
 * @param planes densities, row-major (y, x), changed in place; the denser thing shows
 */
export function paintSoma(planes: readonly Float32Array[], grid: VoxelGrid, soma: Soma): void {
  const { place, radiusUm, elongation, heading, density, nucleus, texture } = soma;
  const edgeUm = 0.6 * Math.max(...grid.voxelUm);
  if (radiusUm < edgeUm) {
    return splatPoint(planes, grid, place, (density * 4 * Math.PI * radiusUm ** 3) / 3);
  }
  const reachUm = radiusUm * elongation * (1 + 3 * DENT) + edgeUm;
  const box = voxelBox(grid, place, [reachUm, reachUm, radiusUm * (1 + 3 * DENT) + edgeUm]);
  if (box.isEmpty) return;
  const random = createRandom(soma.seed);
  const dents = texture > 0 ? smoothNoise(random, radiusUm) : () => 0;
  const grain = texture > 0 ? smoothNoise(random, Math.max(0.3, 0.3 * radiusUm)) : () => 0;
  const [cosine, sine] = [Math.cos(heading), Math.sin(heading)];
  eachVoxel(planes, grid, box, (plane, index, x, y, z) => {
    const dx = x - place[0];
    const dy = y - place[1];
    const along = (dx * cosine + dy * sine) / elongation;
    const across = dy * cosine - dx * sine;
    const distance = Math.sqrt(along * along + across * across + (z - place[2]) ** 2);
    if (distance > reachUm) return;
    const cover = softStep((radiusUm * (1 + DENT * dents(x, y, z)) - distance) / edgeUm);
    if (cover === 0) return;
    const inside = softStep((NUCLEUS_SHARE * radiusUm - distance) / edgeUm);
    const value =
      density * cover * (1 + (nucleus - 1) * inside) * Math.exp(texture * grain(x, y, z));
    if (value > plane[index]!) plane[index] = value;
  });
}
