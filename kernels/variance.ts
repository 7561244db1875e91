import { mirrored } from './lines';

/**
 * Replaces values by whole numbers of steps from `middle`, as many as `perUnit` in a unit; `count` is
 * rounded up to whole vectors.
 */
export function toSteps(values: usize, count: i32, middle: f64, perUnit: f64): void {
  const centre = f64x2.splat(middle);
  const factor = f64x2.splat(perUnit);
  for (let at = values; at < values + ((<usize>count) << 2); at += 8) {
    const pair = f64x2.promote_low_f32x4(v128.load64_zero(at));
    const steps = f64x2.nearest(f64x2.mul(f64x2.sub(pair, centre), factor));
    v128.store64_lane(at, f32x4.demote_f64x2_zero(steps), 0);
  }
}

/**
 * Variance in a window of 2 `radius` + 1 pixels around each pixel, times `share` and the number of its
 * pixels, of whole numbers whose sums are exact, so that nothing is left behind by what the window
 * has passed. Borders are mirrored. `lines` has room for two lines of `width` + 2 `radius` + 2 double-precision
 * numbers, which are 0.
 */
export function variance(
  values: usize,
  out: usize,
  width: i32,
  height: i32,
  radius: i32,
  share: f64,
  lines: usize,
): void {
  const sums = lines + (radius << 3);
  const squares = sums + ((width + 2 * radius + 2) << 3);
  for (let y = -radius; y <= radius; y++) {
    addRow(values + rowOf(y, width, height), width, sums, squares);
  }
  for (let y = 0; y < height; y++) {
    mirrorEnds(sums, width, radius);
    mirrorEnds(squares, width, radius);
    varianceRow(sums, squares, width, radius, share, out + ((y * width) << 2));
    const before = values + rowOf(y - radius, width, height);
    const after = values + rowOf(y + radius + 1, width, height);
    replaceRow(before, after, width, sums, squares);
  }
}

/** Where the row begins, in bytes. */
function rowOf(y: i32, width: i32, height: i32): usize {
  return (mirrored(y, height) * width) << 2;
}

function addRow(row: usize, width: i32, sums: usize, squares: usize): void {
  for (let x = 0; x < width; x++) {
    const value = <f64>load<f32>(row + (x << 2));
    store<f64>(sums + (x << 3), load<f64>(sums + (x << 3)) + value);
    store<f64>(squares + (x << 3), load<f64>(squares + (x << 3)) + value * value);
  }
}

/** Takes one row out of the sums and another in; the number behind the last is written over later. */
function replaceRow(before: usize, after: usize, width: i32, sums: usize, squares: usize): void {
  for (let x: usize = 0; x < <usize>width; x += 2) {
    const old = f64x2.promote_low_f32x4(v128.load64_zero(before + (x << 2)));
    const young = f64x2.promote_low_f32x4(v128.load64_zero(after + (x << 2)));
    const sum = sums + (x << 3);
    v128.store(sum, f64x2.add(v128.load(sum), f64x2.sub(young, old)));
    const square = squares + (x << 3);
    const change = f64x2.sub(f64x2.mul(young, young), f64x2.mul(old, old));
    v128.store(square, f64x2.add(v128.load(square), change));
  }
}

function mirrorEnds(line: usize, width: i32, radius: i32): void {
  for (let k = 1; k <= radius; k++) {
    store<f64>(line - (k << 3), load<f64>(line + (mirrored(-k, width) << 3)));
    const after = width - 1 + k;
    store<f64>(line + (after << 3), load<f64>(line + (mirrored(after, width) << 3)));
  }
}

function varianceRow(
  sums: usize,
  squares: usize,
  width: i32,
  radius: i32,
  share: f64,
  out: usize,
): void {
  const side = 2 * radius + 1;
  const perPixel = 1.0 / <f64>(side * side);
  let sum: f64 = 0;
  let square: f64 = 0;
  for (let x = -radius; x < radius; x++) {
    sum += load<f64>(sums + (x << 3));
    square += load<f64>(squares + (x << 3));
  }
  for (let x = 0; x < width; x++) {
    sum += load<f64>(sums + ((x + radius) << 3));
    square += load<f64>(squares + ((x + radius) << 3));
    store<f32>(out + (x << 2), <f32>((square - sum * sum * perPixel) * share));
    sum -= load<f64>(sums + ((x - radius) << 3));
    square -= load<f64>(squares + ((x - radius) << 3));
  }
}
