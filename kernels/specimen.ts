import { sumOf, total } from './lanes';

/**
 * Adds a spectrum to another, every number times the share that its bin has in a table. `count` complex numbers
 * (re, im); bins are 16-bit numbers.
 */
export function addTransferred(
  sum: usize,
  spectrum: usize,
  shares: usize,
  bins: usize,
  count: i32,
): void {
  const pairs = count & ~1;
  for (let i = 0; i < pairs; i += 2, sum += 16, spectrum += 16, bins += 4) {
    const first = v128.load32_splat(shares + ((<usize>load<u16>(bins)) << 2));
    const second = v128.load32_splat(shares + ((<usize>load<u16>(bins, 2)) << 2));
    const factors = v128.shuffle<i64>(first, second, 0, 2);
    v128.store(sum, f32x4.add(v128.load(sum), f32x4.mul(factors, v128.load(spectrum))));
  }
  if (pairs < count) {
    const share = load<f32>(shares + ((<usize>load<u16>(bins)) << 2));
    store<f32>(sum, load<f32>(sum) + share * load<f32>(spectrum));
    store<f32>(sum, load<f32>(sum, 4) + share * load<f32>(spectrum, 4), 4);
  }
}

/**
 * Multiplies a layer by its share of light; `change` becomes what that adds. `sums` gets two more
 * summands: how far the change goes along the one before, and the square of the one before. `bytes` are
 * whole vectors.
 */
export function takeStep(
  layer: usize,
  light: usize,
  seen: usize,
  change: usize,
  bytes: usize,
  sums: usize,
): void {
  const zero = f32x4.splat(0);
  let along = f64x2.splat(0);
  let before = f64x2.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    const here = v128.load(layer + at);
    const last = v128.load(change + at);
    const product = f32x4.mul(here, v128.load(light + at));
    const better = f32x4.max(zero, f32x4.div(product, v128.load(seen + at)));
    const step = f32x4.sub(better, here);
    along = f64x2.add(along, sumOf(f32x4.mul(step, last)));
    before = f64x2.add(before, sumOf(f32x4.mul(last, last)));
    v128.store(change + at, step);
    v128.store(layer + at, better);
  }
  store<f64>(sums, load<f64>(sums) + total(along));
  store<f64>(sums, load<f64>(sums, 8) + total(before), 8);
}

/** Moves a layer on from where it was before; that becomes where it was. `bytes` are whole vectors. */
export function leap(layer: usize, before: usize, bytes: usize, momentum: f32): void {
  const zero = f32x4.splat(0);
  const share = f32x4.splat(momentum);
  for (let at: usize = 0; at < bytes; at += 16) {
    const here = v128.load(layer + at);
    const way = f32x4.mul(share, f32x4.sub(here, v128.load(before + at)));
    v128.store(layer + at, f32x4.max(zero, f32x4.add(here, way)));
    v128.store(before + at, here);
  }
}
