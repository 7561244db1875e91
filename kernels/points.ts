/**
 * Adds a round spot to an image. The profile has `perPx` entries for each pixel of distance from the axis, and
 * `last` + 2 entries in all; pixels are `aspect` times as high as wide. What lies beyond `radius` pixels (along x)
 * stays. Up to three numbers behind the image are read, and written as they are.
 */
export function addSpot(
  image: usize,
  width: i32,
  height: i32,
  profile: usize,
  last: i32,
  perPx: f32,
  x: f32,
  y: f32,
  aspect: f32,
  radius: f32,
  light: f32,
): void {
  const first = firstRow(y, radius / aspect);
  const end = endRow(y, radius / aspect, height);
  for (let row = first; row < end; row++) {
    const down = (<f32>row - y) * aspect;
    const half = sqrt(max(<f32>0, radius * radius - down * down));
    const from = max(0, <i32>ceil(x - half));
    const to = min(width, <i32>floor(x + half) + 1);
    let at = image + ((<usize>(row * width + from)) << 2);
    for (let column = from; column < to; column += 4, at += 16) {
      const value = spot(profile, last, perPx, <f32>column - x, down, to - column);
      v128.store(at, f32x4.add(v128.load(at), f32x4.mul(f32x4.splat(light), value)));
    }
  }
}

/**
 * By how much the weighted squares of what is left of an image fall when a spot is taken away; see `addSpot`.
 */
export function explainedBySpot(
  rest: usize,
  weights: usize,
  width: i32,
  height: i32,
  profile: usize,
  last: i32,
  perPx: f32,
  x: f32,
  y: f32,
  aspect: f32,
  radius: f32,
  light: f32,
): f64 {
  const first = firstRow(y, radius / aspect);
  const end = endRow(y, radius / aspect, height);
  let sum: f64 = 0;
  for (let row = first; row < end; row++) {
    const down = (<f32>row - y) * aspect;
    const half = sqrt(max(<f32>0, radius * radius - down * down));
    const from = max(0, <i32>ceil(x - half));
    const to = min(width, <i32>floor(x + half) + 1);
    let at = (<usize>(row * width + from)) << 2;
    let ofRow = f32x4.splat(0);
    for (let column = from; column < to; column += 4, at += 16) {
      const value = f32x4.mul(
        f32x4.splat(light),
        spot(profile, last, perPx, <f32>column - x, down, to - column),
      );
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
  width: i32,
  height: i32,
  profile: usize,
  above: usize,
  last: i32,
  perPx: f32,
  x: f32,
  y: f32,
  aspect: f32,
  radius: f32,
  light: f32,
  perHeight: f32,
  sums: usize,
): void {
  const first = firstRow(y, radius / aspect);
  const end = endRow(y, radius / aspect, height);
  const lights = f32x4.splat(light);
  const perHeights = f32x4.splat(light * perHeight);
  const perRadius = f32x4.splat(-light * perPx);
  for (let row = first; row < end; row++) {
    const down = (<f32>row - y) * aspect;
    const half = sqrt(max(<f32>0, radius * radius - down * down));
    const from = max(0, <i32>ceil(x - half));
    const to = min(width, <i32>floor(x + half) + 1);
    let at = (<usize>(row * width + from)) << 2;
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
    const downwards = f32x4.splat(down * aspect);
    for (let column = from; column < to; column += 4, at += 16) {
      const lanes = i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(to - column));
      const dx = f32x4.add(f32x4.splat(<f32>column - x), f32x4(0, 1, 2, 3));
      const distance = distances(dx, down);
      const r = f32x4.mul(distance, f32x4.splat(perPx));
      const entry = i32x4.min_s(i32x4.trunc_sat_f32x4_s(r), i32x4.splat(last));
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
function spot(profile: usize, last: i32, perPx: f32, across: f32, down: f32, count: i32): v128 {
  const dx = f32x4.add(f32x4.splat(across), f32x4(0, 1, 2, 3));
  const r = f32x4.mul(distances(dx, down), f32x4.splat(perPx));
  const entry = i32x4.min_s(i32x4.trunc_sat_f32x4_s(r), i32x4.splat(last));
  const share = f32x4.sub(r, f32x4.convert_i32x4_s(entry));
  const near = entries(profile, entry);
  const far = entries(profile + 4, entry);
  const value = f32x4.add(near, f32x4.mul(share, f32x4.sub(far, near)));
  return v128.and(value, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
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
  const upper = v128.shuffle<i64>(four, four, 1, 1);
  const two = f64x2.add(f64x2.promote_low_f32x4(four), f64x2.promote_low_f32x4(upper));
  store<f64>(sum, load<f64>(sum) + f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1));
}

function firstRow(y: f32, reach: f32): i32 {
  return max(0, <i32>ceil(y - reach));
}

function endRow(y: f32, reach: f32, height: i32): i32 {
  return min(height, <i32>floor(y + reach) + 1);
}
