import { fillMirrored, mirrored, roomFor } from './lines';

/**
 * A binomial filter of 2 `radius` + 1 taps, radius 1 or 3, along rows and columns; `out` may be `source`.
 * Rows are filtered as they come and summed while they are in the cache. `scratch` has room for
 * 2 `radius` + 3 lines.
 */
export function binomial(
  source: usize,
  out: usize,
  width: i32,
  height: i32,
  radius: i32,
  scratch: usize,
): void {
  const room = roomFor(width);
  const taps = 2 * radius + 1;
  const rowBytes: usize = width << 2;
  const line = scratch;
  const result = scratch + room;
  const ring = scratch + 2 * room;
  let filtered = 0;
  for (let y = 0; y < height; y++) {
    for (; filtered <= min(y + radius, height - 1); filtered++) {
      const at = fillMirrored(line, source + filtered * rowBytes, width);
      const row = ring + (filtered % taps) * room;
      if (radius == 1) weigh3(at - 4, at, at + 4, width, row);
      else weigh7(at - 12, at - 8, at - 4, at, at + 4, at + 8, at + 12, width, row);
    }
    const b = ringRow(ring, room, taps, y, height);
    const a = ringRow(ring, room, taps, y - 1, height);
    const c = ringRow(ring, room, taps, y + 1, height);
    if (radius == 1) weigh3(a, b, c, width, result);
    else {
      weigh7(
        ringRow(ring, room, taps, y - 3, height),
        ringRow(ring, room, taps, y - 2, height),
        a,
        b,
        c,
        ringRow(ring, room, taps, y + 2, height),
        ringRow(ring, room, taps, y + 3, height),
        width,
        result,
      );
    }
    memory.copy(out + y * rowBytes, result, rowBytes);
  }
}

function ringRow(ring: usize, room: usize, taps: i32, y: i32, height: i32): usize {
  return ring + (mirrored(y, height) % taps) * room;
}

/** (1 2 1) / 4, whole vectors at a time. */
function weigh3(a: usize, b: usize, c: usize, width: i32, out: usize): void {
  const quarter = f32x4.splat(0.25);
  const half = f32x4.splat(0.5);
  for (let x: usize = 0; x < <usize>(width << 2); x += 16) {
    const outer = f32x4.add(v128.load(a + x), v128.load(c + x));
    const sum = f32x4.add(f32x4.mul(quarter, outer), f32x4.mul(half, v128.load(b + x)));
    v128.store(out + x, sum);
  }
}

/** (1 6 15 20 15 6 1) / 64, whole vectors at a time. */
function weigh7(
  a: usize,
  b: usize,
  c: usize,
  d: usize,
  e: usize,
  f: usize,
  g: usize,
  width: i32,
  out: usize,
): void {
  const one = f32x4.splat(0.015625);
  const six = f32x4.splat(0.09375);
  const fifteen = f32x4.splat(0.234375);
  const twenty = f32x4.splat(0.3125);
  for (let x: usize = 0; x < <usize>(width << 2); x += 16) {
    let sum = f32x4.mul(one, f32x4.add(v128.load(a + x), v128.load(g + x)));
    sum = f32x4.add(sum, f32x4.mul(six, f32x4.add(v128.load(b + x), v128.load(f + x))));
    sum = f32x4.add(sum, f32x4.mul(fifteen, f32x4.add(v128.load(c + x), v128.load(e + x))));
    v128.store(out + x, f32x4.add(sum, f32x4.mul(twenty, v128.load(d + x))));
  }
}
