import { fillMirrored, mirrored, roomFor } from './lines';

/**
 * Adds `weight` times the squared differences along both diagonals of an image, averaged over blocks of
 * 2 x 2 pixels, to `out`. `scratch` has room for four lines.
 */
export function addDiagonalEnergy(
  image: usize,
  width: i32,
  height: i32,
  weight: f32,
  out: usize,
  scratch: usize,
): void {
  const room = roomFor(width);
  const rowBytes: usize = width << 2;
  const energies = scratch + 2 * room;
  for (let y = 0; y < height; y++) {
    const here = fillMirrored(scratch, image + y * rowBytes, width);
    const next = image + mirrored(y + 1, height) * rowBytes;
    const below = fillMirrored(scratch + room, next, width);
    const share = f32x4.splat(weight * rowShare(y, height));
    for (let x: usize = 0; x < rowBytes; x += 16) {
      const down = f32x4.sub(v128.load(below + x + 4), v128.load(here + x));
      const up = f32x4.sub(v128.load(below + x), v128.load(here + x + 4));
      const energy = f32x4.add(f32x4.mul(down, down), f32x4.mul(up, up));
      v128.store(energies + x, f32x4.mul(share, energy));
    }
    addPairs(energies, width, out + (y >> 1) * halfBytes(width), scratch + 3 * room);
  }
}

/** The same for the squared central differences along rows and columns. */
export function addCentralEnergy(
  image: usize,
  width: i32,
  height: i32,
  weight: f32,
  out: usize,
  scratch: usize,
): void {
  const room = roomFor(width);
  const energies = scratch + 2 * room;
  for (let y = 0; y < height; y++) {
    centralEnergies(image, width, height, y, weight * rowShare(y, height), scratch, energies);
    addPairs(energies, width, out + (y >> 1) * halfBytes(width), scratch + 3 * room);
  }
}

/** The same without averaging over blocks. */
export function addCentralEnergyOfPixels(
  image: usize,
  width: i32,
  height: i32,
  weight: f32,
  out: usize,
  scratch: usize,
): void {
  const room = roomFor(width);
  const rowBytes: usize = width << 2;
  const energies = scratch + 2 * room;
  const sums = scratch + 3 * room;
  for (let y = 0; y < height; y++, out += rowBytes) {
    centralEnergies(image, width, height, y, weight, scratch, energies);
    memory.copy(sums, out, rowBytes);
    for (let x: usize = 0; x < rowBytes; x += 16) {
      v128.store(sums + x, f32x4.add(v128.load(sums + x), v128.load(energies + x)));
    }
    memory.copy(out, sums, rowBytes);
  }
}

function centralEnergies(
  image: usize,
  width: i32,
  height: i32,
  y: i32,
  weight: f32,
  scratch: usize,
  energies: usize,
): void {
  const rowBytes: usize = width << 2;
  const room = roomFor(width);
  const share = f32x4.splat(weight / 4);
  const here = fillMirrored(scratch, image + y * rowBytes, width);
  const above = image + mirrored(y - 1, height) * rowBytes;
  memory.copy(energies, image + mirrored(y + 1, height) * rowBytes, rowBytes);
  memory.copy(scratch + room, above, rowBytes);
  for (let x: usize = 0; x < rowBytes; x += 16) {
    const dx = f32x4.sub(v128.load(here + x + 4), v128.load(here + x - 4));
    const dy = f32x4.sub(v128.load(energies + x), v128.load(scratch + room + x));
    const energy = f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy));
    v128.store(energies + x, f32x4.mul(share, energy));
  }
}

/** What a row counts in the mean of its blocks; a last odd one stands for its missing neighbour. */
function rowShare(y: i32, height: i32): f32 {
  return y == height - 1 && (height & 1) == 1 ? 0.5 : 0.25;
}

function halfBytes(width: i32): usize {
  return ((width + 1) >> 1) << 2;
}

/** Adds the sums of neighbours to `out`; a last odd value counts twice. */
function addPairs(energies: usize, width: i32, out: usize, sums: usize): void {
  if ((width & 1) == 1) {
    store<f32>(energies + (width << 2), load<f32>(energies + ((width - 1) << 2)));
  }
  const bytes = halfBytes(width);
  memory.copy(sums, out, bytes);
  for (let x: usize = 0; x < bytes; x += 16) {
    const low = v128.load(energies + 2 * x);
    const high = v128.load(energies + 2 * x + 16);
    const even = v128.shuffle<f32>(low, high, 0, 2, 4, 6);
    const odd = v128.shuffle<f32>(low, high, 1, 3, 5, 7);
    v128.store(sums + x, f32x4.add(v128.load(sums + x), f32x4.add(even, odd)));
  }
  memory.copy(out, sums, bytes);
}
