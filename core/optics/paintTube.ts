import type { Vector } from './curve';
import { cross, plus, unit } from './curve';
import { softStep } from './softStep';
import { splatPoint } from './splatPoint';
import { eachVoxel, voxelBox } from './voxelBox';
import type { VoxelGrid } from './VoxelGrid';

/** One point of a tube's axis. Lengths are in micrometres. */
export interface TubePoint {
  readonly place: Vector;
  readonly radiusUm: number;
  readonly density: number;
}

/** A tube thinner than this many voxels is drawn as threads of light, which keep their place exactly. */
const THIN_VOXELS = 1.5;

/** Points per voxel along a thread. */
const POINTS_PER_VOXEL = 1.5;

/**
 * Paints a tube along a chain of points: soft-edged when voxels can show its width, otherwise as the
 * light that its cross-section holds. Soft tubes show the denser one where they meet; threads add up.
 *
 * @param planes densities, row-major (y, x), changed in place
 * @param hollow share of the radius that is dark inside, as with a stained membrane
 */
export function paintTube(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  points: readonly TubePoint[],
  hollow = 0,
): void {
  const widest = points.reduce((largest, point) => Math.max(largest, point.radiusUm), 0);
  const thin = widest < THIN_VOXELS * Math.max(...grid.voxelUm);
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i]!, points[i + 1]!];
    if (outside(grid, from.place, widest) && outside(grid, to.place, widest)) continue;
    if (thin) paintThread(planes, grid, from, to);
    else paintCapsule(planes, grid, from, to, hollow);
  }
}

/** Whether nothing of a point shows on the grid, with room for a segment and the reach of a splat. */
function outside(grid: VoxelGrid, place: Vector, radiusUm: number): boolean {
  const counts = [grid.width, grid.height, grid.planes] as const;
  return ([0, 1, 2] as const).some((axis) => {
    const reachUm = radiusUm + 2 + 5 * grid.voxelUm[axis];
    const at = place[axis] - grid.originUm[axis];
    return at < -reachUm || at > (counts[axis] - 1) * grid.voxelUm[axis] + reachUm;
  });
}

/** Threads of light: one in the middle, and six around it when the tube is about as wide as a voxel. */
function paintThread(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  from: TubePoint,
  to: TubePoint,
): void {
  const along = plus(to.place, from.place, -1);
  const lengthUm = Math.hypot(...along);
  const stepUm = Math.min(...grid.voxelUm) / POINTS_PER_VOXEL;
  const count = Math.max(1, Math.ceil(lengthUm / stepUm));
  const wide = from.radiusUm > 0.4 * Math.min(...grid.voxelUm);
  const ring = wide ? crossSection(along) : [];
  for (let i = 0; i < count; i++) {
    const share = (i + 0.5) / count;
    const radiusUm = from.radiusUm + share * (to.radiusUm - from.radiusUm);
    const density = from.density + share * (to.density - from.density);
    const light = (density * Math.PI * radiusUm ** 2 * lengthUm) / count / (1 + 3 * (wide ? 1 : 0));
    const middle = plus(from.place, along, share);
    splatPoint(planes, grid, middle, light);
    // A quarter in the middle and three quarters at 0.816 of the radius have a disc's second moment.
    for (const arm of ring)
      splatPoint(planes, grid, plus(middle, arm, 0.816 * radiusUm), light / 2);
  }
}

/** Six directions across a tube. */
function crossSection(along: Vector): Vector[] {
  const axis = unit(along);
  const helper: Vector = Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
  const u = unit(cross(axis, helper));
  const v = cross(axis, u);
  return Array.from({ length: 6 }, (_, i) => {
    const angle = (i * Math.PI) / 3;
    return plus(
      [0, 0, 0],
      plus(
        [u[0] * Math.cos(angle), u[1] * Math.cos(angle), u[2] * Math.cos(angle)],
        v,
        Math.sin(angle),
      ),
    );
  });
}

function paintCapsule(
  planes: readonly Float32Array[],
  grid: VoxelGrid,
  from: TubePoint,
  to: TubePoint,
  hollow: number,
): void {
  const along = plus(to.place, from.place, -1);
  const square = along[0] ** 2 + along[1] ** 2 + along[2] ** 2 || 1e-12;
  const edgeUm = 0.6 * Math.max(...grid.voxelUm);
  const reachUm = Math.max(from.radiusUm, to.radiusUm) + edgeUm;
  const reach: Vector = [
    reachUm + Math.abs(along[0]) / 2,
    reachUm + Math.abs(along[1]) / 2,
    reachUm + Math.abs(along[2]) / 2,
  ];
  const box = voxelBox(grid, plus(from.place, along, 0.5), reach);
  eachVoxel(planes, grid, box, (plane, index, x, y, z) => {
    const dx = x - from.place[0];
    const dy = y - from.place[1];
    const dz = z - from.place[2];
    const projection = (dx * along[0] + dy * along[1] + dz * along[2]) / square;
    const share = projection < 0 ? 0 : projection > 1 ? 1 : projection;
    const ex = dx - share * along[0];
    const ey = dy - share * along[1];
    const ez = dz - share * along[2];
    const distance = Math.sqrt(ex * ex + ey * ey + ez * ez);
    const radiusUm = from.radiusUm + share * (to.radiusUm - from.radiusUm);
    let cover = softStep((radiusUm - distance) / edgeUm);
    if (cover === 0) return;
    if (hollow > 0) cover *= 1 - softStep((hollow * radiusUm - distance) / edgeUm);
    const value = cover * (from.density + share * (to.density - from.density));
    if (value > plane[index]!) plane[index] = value;
  });
}
