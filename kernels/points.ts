import { sumOf, total } from './lanes';

/**
 * A round spot on an image of `width` x `height` pixels, which are `aspect` times as high as wide. Behind it in memory
 * lies its profile: light by distance from the axis, `perPx` entries for each pixel (along x), `last` + 2 in all. What
 * lies beyond `radius` pixels does not count.
 */
@unmanaged
class Spot {
  width: f32;
  height: f32;
  aspect: f32;
  perPx: f32;
  last: f32;
  x: f32;
  y: f32;
  radius: f32;
  light: f32;
}

/** Adds a spot to an image. Up to three numbers behind the image are read, and written as they are. */
export function addSpot(image: usize, address: usize): void {
  const spot = changetype<Spot>(address);
  const light = f32x4.splat(spot.light);
  const end = endRow(spot);
  for (let row = firstRow(spot); row < end; row++) {
    const down = rowsBelow(spot, row);
    const from = firstColumn(spot, down);
    const to = endColumn(spot, down);
    let at = image + offsetOf(spot, row, from);
    for (let column = from; column < to; column += 4, at += 16) {
      const value = profileAt(spot, <f32>column - spot.x, down, to - column);
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(light, value)));
    }
  }
}

/** By how much the weighted squares of what is left of an image fall when a spot is taken away; see `addSpot`. */
export function explainedBySpot(rest: usize, weights: usize, address: usize): f64 {
  const spot = changetype<Spot>(address);
  const light = f32x4.splat(spot.light);
  const end = endRow(spot);
  let sum: f64 = 0;
  for (let row = firstRow(spot); row < end; row++) {
    const down = rowsBelow(spot, row);
    const from = firstColumn(spot, down);
    const to = endColumn(spot, down);
    let at = offsetOf(spot, row, from);
    let ofRow = f32x4.splat(0);
    for (let column = from; column < to; column += 4, at += 16) {
      const value = f32x4.mul(light, profileAt(spot, <f32>column - spot.x, down, to - column));
      const left = v128.load(rest + at);
      const twice = f32x4.sub(f32x4.add(left, left), value);
      ofRow = f32x4.add(ofRow, f32x4.mul(v128.load(weights + at), f32x4.mul(value, twice)));
    }
    sum += <f64>(f32x4.extract_lane(ofRow, 0) + f32x4.extract_lane(ofRow, 1));
    sum += <f64>(f32x4.extract_lane(ofRow, 2) + f32x4.extract_lane(ofRow, 3));
  }
  return sum;
}

/**
 * Adds to 15 sums what Gauss-Newton steps of a spot follow from, over the pixels that `explainedBySpot` sees: the
 * weighted products of the derivatives by x, y, height and light (upper triangle, row by row), their products with
 * what is left when the spot is taken away, and by how much the squares grow then.
 *
 * @param above the profile a little higher, `1 / perHeight` of the unit of height
 */
export function addSpotEquations(
  rest: usize,
  weights: usize,
  address: usize,
  above: usize,
  perHeight: f32,
  sums: usize,
): void {
  const spot = changetype<Spot>(address);
  const profile = profileOf(spot);
  const lights = f32x4.splat(spot.light);
  const perHeights = f32x4.splat(spot.light * perHeight);
  const perRadius = f32x4.splat(-spot.light * spot.perPx);
  const last = i32x4.splat(<i32>spot.last);
  const end = endRow(spot);
  for (let row = firstRow(spot); row < end; row++) {
    const down = rowsBelow(spot, row);
    const from = firstColumn(spot, down);
    const to = endColumn(spot, down);
    let at = offsetOf(spot, row, from);
    let xx = f32x4.splat(0);
    let xy = f32x4.splat(0);
    let xz = f32x4.splat(0);
    let xl = f32x4.splat(0);
    let yy = f32x4.splat(0);
    let yz = f32x4.splat(0);
    let yl = f32x4.splat(0);
    let zz = f32x4.splat(0);
    let zl = f32x4.splat(0);
    let ll = f32x4.splat(0);
    let gx = f32x4.splat(0);
    let gy = f32x4.splat(0);
    let gz = f32x4.splat(0);
    let gl = f32x4.splat(0);
    let squares = f32x4.splat(0);
    const downwards = f32x4.splat(down * spot.aspect);
    for (let column = from; column < to; column += 4, at += 16) {
      const lanes = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(to - column));
      const dx = f32x4.add(f32x4.splat(<f32>column - spot.x), f32x4(0, 1, 2, 3));
      const distance = distances(dx, down);
      const r = f32x4.mul(distance, f32x4.splat(spot.perPx));
      const entry = i32x4.min_s(i32x4.trunc_sat_f32x4_s(r), last);
      const share = f32x4.sub(r, f32x4.convert_i32x4_s(entry));
      const near = entries(profile, entry);
      const slope = f32x4.sub(entries(profile + 4, entry), near);
      const value = v128.and(lanes, f32x4.add(near, f32x4.mul(share, slope)));
      const nearAbove = entries(above, entry);
      const slopeAbove = f32x4.sub(entries(above + 4, entry), nearAbove);
      const higher = v128.and(lanes, f32x4.add(nearAbove, f32x4.mul(share, slopeAbove)));
      const steep = v128.and(lanes, f32x4.mul(perRadius, slope));
      const radial = f32x4.div(steep, f32x4.max(distance, f32x4.splat(1e-6)));
      const px = f32x4.mul(radial, dx);
      const py = f32x4.mul(radial, downwards);
      const pz = f32x4.mul(perHeights, f32x4.sub(higher, value));
      const w = v128.load(weights + at);
      const left = v128.load(rest + at);
      const own = f32x4.mul(lights, value);
      const e = f32x4.sub(left, own);
      const wx = f32x4.mul(w, px);
      const wy = f32x4.mul(w, py);
      const wz = f32x4.mul(w, pz);
      const wl = f32x4.mul(w, value);
      xx = f32x4.add(xx, f32x4.mul(wx, px));
      xy = f32x4.add(xy, f32x4.mul(wx, py));
      xz = f32x4.add(xz, f32x4.mul(wx, pz));
      xl = f32x4.add(xl, f32x4.mul(wx, value));
      yy = f32x4.add(yy, f32x4.mul(wy, py));
      yz = f32x4.add(yz, f32x4.mul(wy, pz));
      yl = f32x4.add(yl, f32x4.mul(wy, value));
      zz = f32x4.add(zz, f32x4.mul(wz, pz));
      zl = f32x4.add(zl, f32x4.mul(wz, value));
      ll = f32x4.add(ll, f32x4.mul(wl, value));
      gx = f32x4.add(gx, f32x4.mul(wx, e));
      gy = f32x4.add(gy, f32x4.mul(wy, e));
      gz = f32x4.add(gz, f32x4.mul(wz, e));
      gl = f32x4.add(gl, f32x4.mul(wl, e));
      squares = f32x4.sub(squares, f32x4.mul(f32x4.mul(w, own), f32x4.add(left, e)));
    }
    addTotal(sums, xx);
    addTotal(sums + 8, xy);
    addTotal(sums + 16, xz);
    addTotal(sums + 24, xl);
    addTotal(sums + 32, yy);
    addTotal(sums + 40, yz);
    addTotal(sums + 48, yl);
    addTotal(sums + 56, zz);
    addTotal(sums + 64, zl);
    addTotal(sums + 72, ll);
    addTotal(sums + 80, gx);
    addTotal(sums + 88, gy);
    addTotal(sums + 96, gz);
    addTotal(sums + 104, gl);
    addTotal(sums + 112, squares);
  }
}

/** The profile at four pixels side by side, 0 for all but `count` of them. */
function profileAt(spot: Spot, across: f32, down: f32, count: i32): v128 {
  const profile = profileOf(spot);
  const dx = f32x4.add(f32x4.splat(across), f32x4(0, 1, 2, 3));
  const r = f32x4.mul(distances(dx, down), f32x4.splat(spot.perPx));
  const entry = i32x4.min_s(i32x4.trunc_sat_f32x4_s(r), i32x4.splat(<i32>spot.last));
  const share = f32x4.sub(r, f32x4.convert_i32x4_s(entry));
  const near = entries(profile, entry);
  const far = entries(profile + 4, entry);
  const value = f32x4.add(near, f32x4.mul(share, f32x4.sub(far, near)));
  return v128.and(value, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

function profileOf(spot: Spot): usize {
  return changetype<usize>(spot) + offsetof<Spot>();
}

function distances(dx: v128, down: f32): v128 {
  return f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.splat(down * down)));
}

/** Four numbers of a list. */
function entries(list: usize, entry: v128): v128 {
  let four = v128.load32_zero(list + ((<usize>i32x4.extract_lane(entry, 0)) << 2));
  four = v128.load32_lane(list + ((<usize>i32x4.extract_lane(entry, 1)) << 2), four, 1);
  four = v128.load32_lane(list + ((<usize>i32x4.extract_lane(entry, 2)) << 2), four, 2);
  return v128.load32_lane(list + ((<usize>i32x4.extract_lane(entry, 3)) << 2), four, 3);
}

/** Adds four numbers to one in double precision. */
function addTotal(sum: usize, four: v128): void {
  store<f64>(sum, load<f64>(sum) + total(sumOf(four)));
}

function firstRow(spot: Spot): i32 {
  return max(0, <i32>ceil(spot.y - spot.radius / spot.aspect));
}

function endRow(spot: Spot): i32 {
  return min(<i32>spot.height, <i32>floor(spot.y + spot.radius / spot.aspect) + 1);
}

/** How far a row lies below the middle of a spot, in pixels along x. */
function rowsBelow(spot: Spot, row: i32): f32 {
  return (<f32>row - spot.y) * spot.aspect;
}

function firstColumn(spot: Spot, down: f32): i32 {
  return max(0, <i32>ceil(spot.x - halfChord(spot, down)));
}

function endColumn(spot: Spot, down: f32): i32 {
  return min(<i32>spot.width, <i32>floor(spot.x + halfChord(spot, down)) + 1);
}

/** Half of what a spot covers of a row. */
function halfChord(spot: Spot, down: f32): f32 {
  return sqrt(max(<f32>0, spot.radius * spot.radius - down * down));
}

/** Bytes from the beginning of the image. */
function offsetOf(spot: Spot, row: i32, column: i32): usize {
  return (<usize>(row * <i32>spot.width + column)) << 2;
}
