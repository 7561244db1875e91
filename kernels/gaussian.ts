/** Pixels that are summed together. */
const GROUP: i32 = 8;

/**
 * A symmetric filter of 2 `radius` + 1 taps along rows and columns of an image, in place, in double
 * precision; beyond the border the nearest pixel goes on. `taps` are the centre and the right half.
 * `scratch` has room for 2 `radius` + 3 lines of `width` + 2 `radius` + 8 double-precision numbers and, behind
 * them, for 2 `radius` + 2 addresses.
 */
export function blur(
  image: usize,
  width: i32,
  height: i32,
  taps: usize,
  radius: i32,
  scratch: usize,
): void {
  const room: usize = (width + 2 * radius + GROUP) << 3;
  const count = 2 * radius + 1;
  const line = scratch;
  const result = scratch + room;
  const ring = scratch + 2 * room;
  const places = ring + count * room;
  let filtered = 0;
  for (let y = 0; y < height; y++) {
    for (; filtered <= min(y + radius, height - 1); filtered++) {
      fillLine(line, image + ((filtered * width) << 2), width, radius);
      for (let k = 0; k <= radius; k++) {
        setPlaces(places, k, line + ((radius - k) << 3), line + ((radius + k) << 3));
      }
      weigh(places, taps, radius, width, ring + (filtered % count) * room);
    }
    for (let k = 0; k <= radius; k++) {
      const above = ring + (max(y - k, 0) % count) * room;
      const below = ring + (min(y + k, height - 1) % count) * room;
      setPlaces(places, k, above, below);
    }
    weigh(places, taps, radius, width, result);
    const row = image + ((y * width) << 2);
    for (let x = 0; x < width; x++) store<f32>(row + (x << 2), <f32>load<f64>(result + (x << 3)));
  }
}

/** Copies a row into a line and repeats its ends on both sides. */
function fillLine(line: usize, row: usize, width: i32, radius: i32): void {
  for (let x = -radius; x < width + radius; x++) {
    const nearest = min(max(x, 0), width - 1);
    store<f64>(line + ((x + radius) << 3), load<f32>(row + (nearest << 2)));
  }
}

/** Notes where the neighbours begin that are `k` before and `k` after. */
function setPlaces(places: usize, k: i32, before: usize, after: usize): void {
  store<usize>(places + (k << 3), before);
  store<usize>(places + (k << 3), after, 4);
}

/** Sums neighbours by their taps, whole groups at a time. */
function weigh(places: usize, taps: usize, radius: i32, width: i32, out: usize): void {
  for (let x: usize = 0; x < <usize>(width << 3); x += GROUP << 3) {
    const centre = v128.load64_splat(taps);
    const start = load<usize>(places) + x;
    let a = f64x2.mul(centre, v128.load(start));
    let b = f64x2.mul(centre, v128.load(start, 16));
    let c = f64x2.mul(centre, v128.load(start, 32));
    let d = f64x2.mul(centre, v128.load(start, 48));
    for (let k = 1; k <= radius; k++) {
      const tap = v128.load64_splat(taps + (k << 3));
      const before = load<usize>(places + (k << 3)) + x;
      const after = load<usize>(places + (k << 3), 4) + x;
      a = f64x2.add(a, f64x2.mul(tap, f64x2.add(v128.load(before), v128.load(after))));
      b = f64x2.add(b, f64x2.mul(tap, f64x2.add(v128.load(before, 16), v128.load(after, 16))));
      c = f64x2.add(c, f64x2.mul(tap, f64x2.add(v128.load(before, 32), v128.load(after, 32))));
      d = f64x2.add(d, f64x2.mul(tap, f64x2.add(v128.load(before, 48), v128.load(after, 48))));
    }
    v128.store(out + x, a);
    v128.store(out + x, b, 16);
    v128.store(out + x, c, 32);
    v128.store(out + x, d, 48);
  }
}
