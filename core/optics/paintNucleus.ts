import type { Random } from '#core/util/random';
import { createRandom } from '#core/util/random';
import { softStep } from './softStep';
import { eachVoxel, voxelBox } from './voxelBox';
import type { VoxelGrid } from './VoxelGrid';
import type { NoiseField, Rotation } from './smoothNoise';
import { smoothNoise } from './smoothNoise';

/** One nucleus, ready to be painted. Lengths are in micrometres. */
export interface Nucleus {
  /** Centre (x, y, z). */
  readonly centreUm: readonly [number, number, number];
  /** Semi-axes before turning and pressing. */
  readonly axesUm: readonly [number, number, number];
  readonly rotation: Rotation;
  /** Factor on z after turning: 1 leaves the ellipsoid as it is, smaller values press it flat. */
  readonly flatness: number;
  readonly brightness: number;
  /** Standard deviation of the logarithm of the density. */
  readonly texture: number;
  readonly textureScalesUm: readonly number[];
  readonly foci: number;
  readonly nucleoli: number;
  readonly seed: number;
}

/** The border is about as soft as a voxel is long, so that it does not stair-step. */
const EDGE_UM = 0.12;

/** Largest dents and bulges, as a share of the radius. */
const DENT = 0.12;

/** How far a focus at the border can shine out of a nucleus. */
const MAX_FOCUS_REACH_UM = 1.5;

/**
 * Paints one nucleus into a specimen; where nuclei meet, the denser one shows.
 *
 * @param planes densities, row-major (y, x), changed in place
 * @param grid size and spacing of the planes
 */
export function paintNucleus(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  nucleus: Nucleus,
): void {
  const around = Math.max(...nucleus.axesUm) * (1 + 3 * DENT) + MAX_FOCUS_REACH_UM;
  const box = voxelBox(grid, nucleus.centreUm, [around, around, around]);
  if (box.isEmpty) return;
  const random = createRandom(nucleus.seed);
  paintBody(planes, grid, nucleus, random);
  const radiusUm = Math.min(...nucleus.axesUm);
  for (let i = 0; i < nucleus.nucleoli; i++) {
    const size = radiusUm * random.between(0.12, 0.4);
    const depth = random.between(0.4, 0.95);
    paintNucleolus(planes, grid, insidePoint(random, nucleus, 0.6), size, nucleus, depth, random);
  }
  for (let i = 0; i < nucleus.foci; i++) {
    const size = Math.min(0.45, radiusUm * 0.25) * random.between(0.35, 1);
    const height = nucleus.brightness * random.between(0.3, 1.6);
    paintFocus(planes, grid, insidePoint(random, nucleus, 0.85), size, height);
  }
}

function paintBody(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  nucleus: Nucleus,
  random: Random,
): void {
  const { centreUm, axesUm, flatness, brightness, texture } = nucleus;
  const [a, b, c, d, e, f, g, h, i] = nucleus.rotation;
  const dents = smoothNoise(random, 0.9 * Math.max(...axesUm));
  const chromatin = layeredNoise(random, nucleus.textureScalesUm);
  const meanRadius = Math.cbrt(axesUm[0] * axesUm[1] * axesUm[2]);
  const reachUm = Math.max(...axesUm) * (1 + 3 * DENT) + EDGE_UM;
  const heightUm = Math.max(flatness * reachUm, EDGE_UM);
  const box = voxelBox(grid, centreUm, [reachUm, reachUm, heightUm]);
  const [stepX, stepY, stepZ] = grid.voxelUm;
  const [originX, originY, originZ] = grid.originUm;
  for (let z = box.z[0]; z <= box.z[1]; z++) {
    const plane = planes[z]!;
    const zUm = originZ + z * stepZ;
    const dz = (zUm - centreUm[2]) / flatness;
    for (let y = box.y[0]; y <= box.y[1]; y++) {
      const yUm = originY + y * stepY;
      const dy = yUm - centreUm[1];
      for (let x = box.x[0]; x <= box.x[1]; x++) {
        const xUm = originX + x * stepX;
        const dx = xUm - centreUm[0];
        const u = (a * dx + b * dy + c * dz) / axesUm[0];
        const v = (d * dx + e * dy + f * dz) / axesUm[1];
        const w = (g * dx + h * dy + i * dz) / axesUm[2];
        const square = u * u + v * v + w * w;
        if (square > (1 + 3 * DENT) ** 2) continue;
        const bulge = 1 + DENT * 0.5 * dents(xUm, yUm, zUm);
        const insideUm = (bulge - Math.sqrt(square)) * meanRadius;
        if (insideUm <= -EDGE_UM) continue;
        const cover = softStep(insideUm / EDGE_UM);
        const value = brightness * cover * Math.exp(texture * chromatin(xUm, yUm, zUm));
        const index = y * grid.width + x;
        if (value > plane[index]!) plane[index] = value;
      }
    }
  }
}

/** Noise of several scales, coarse ones a little stronger; mean 0, variance 1. */
function layeredNoise(random: Random, scalesUm: readonly number[]): NoiseField {
  const layers = scalesUm.map((scaleUm) => ({
    field: smoothNoise(random, scaleUm),
    weight: random.between(0.5, 1) * (scaleUm / Math.max(...scalesUm)) ** 0.35,
  }));
  const norm = Math.hypot(...layers.map((layer) => layer.weight)) || 1;
  return (x, y, z) => {
    let sum = 0;
    for (const layer of layers) sum += layer.weight * layer.field(x, y, z);
    return sum / norm;
  };
}

/** Darkens a soft, dented ball; nucleoli hold hardly any DNA. */
function paintNucleolus(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  centreUm: readonly [number, number, number],
  radiusUm: number,
  nucleus: Nucleus,
  depth: number,
  random: Random,
): void {
  const dents = smoothNoise(random, radiusUm);
  const reachUm = 2 * radiusUm + EDGE_UM;
  const heightUm = Math.max(reachUm * nucleus.flatness, EDGE_UM);
  const box = voxelBox(grid, centreUm, [reachUm, reachUm, heightUm]);
  eachVoxel(planes, grid, box, (plane, index, x, y, z) => {
    const dz = (z - centreUm[2]) / nucleus.flatness;
    const distance = Math.hypot(x - centreUm[0], y - centreUm[1], dz);
    const insideUm = radiusUm * (1 + 0.35 * dents(x, y, z)) - distance;
    plane[index]! *= 1 - depth * softStep(insideUm / EDGE_UM);
  });
}

/** Adds a Gaussian spot: condensed chromatin. */
function paintFocus(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  centreUm: readonly [number, number, number],
  sigmaUm: number,
  height: number,
): void {
  const reachUm = 3 * sigmaUm;
  const box = voxelBox(grid, centreUm, [reachUm, reachUm, reachUm]);
  eachVoxel(planes, grid, box, (plane, index, x, y, z) => {
    const square = (x - centreUm[0]) ** 2 + (y - centreUm[1]) ** 2 + (z - centreUm[2]) ** 2;
    plane[index]! += height * Math.exp(-square / (2 * sigmaUm * sigmaUm));
  });
}

/** A point of the ellipsoid, in its inner part of the given share of the radius. */
function insidePoint(
  random: Random,
  nucleus: Nucleus,
  share: number,
): readonly [number, number, number] {
  const { centreUm, axesUm, rotation, flatness } = nucleus;
  const direction = [random.normal(), random.normal(), random.normal()] as const;
  const length = (share * Math.cbrt(random.uniform())) / (Math.hypot(...direction) || 1);
  const u = direction[0] * length * axesUm[0];
  const v = direction[1] * length * axesUm[1];
  const w = direction[2] * length * axesUm[2];
  // The transposed rotation leads from the nucleus back to the grid.
  return [
    centreUm[0] + rotation[0] * u + rotation[3] * v + rotation[6] * w,
    centreUm[1] + rotation[1] * u + rotation[4] * v + rotation[7] * w,
    centreUm[2] + flatness * (rotation[2] * u + rotation[5] * v + rotation[8] * w),
  ];
}
