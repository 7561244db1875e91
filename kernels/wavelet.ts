// Analysis of one level of a complex wavelet transform, eight lines at a time: the samples of eight lines
// that have the same place lie side by side, so that each instruction works on two lines.

/** Lines that are filtered together: what one cache line holds. */
const GROUP: i32 = 8;
/** Bytes from one place of a group to the next. */
const STEP: i32 = GROUP << 3;

/**
 * Filters the rows of the top left `columns` x `rows` coefficients in place: low-pass half to the left.
 * `taps` are the first half of the filter, real and imaginary part in turns, `pairs` of them, an even
 * number, 0 where the filter has fewer; `length` is that of the filter. `lines` has room for four
 * arrays of `columns + length` groups.
 */
export function analyseRows(
  re: usize,
  im: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  taps: usize,
  pairs: i32,
  length: i32,
  lines: usize,
): void {
  const room: usize = (columns + length) * STEP;
  const margin: usize = (length >> 1) * STEP;
  for (let row = 0; row < rows; row += GROUP) {
    const count = min(GROUP, rows - row);
    const start: usize = (row * stride) << 3;
    gatherRows(re + start, stride, columns, count, lines + margin);
    gatherRows(im + start, stride, columns, count, lines + room + margin);
    extend(lines, length >> 1, columns);
    extend(lines + room, length >> 1, columns);
    filter(lines, room, columns, count, taps, pairs, length);
    scatterRows(lines + 2 * room, re + start, stride, columns, count);
    scatterRows(lines + 3 * room, im + start, stride, columns, count);
  }
}

/** The same for real single-precision samples, which lie without gaps; half the work. */
export function analyseRealRows(
  samples: usize,
  re: usize,
  im: usize,
  columns: i32,
  rows: i32,
  taps: usize,
  pairs: i32,
  length: i32,
  lines: usize,
): void {
  const room: usize = (columns + length) * STEP;
  const margin: usize = (length >> 1) * STEP;
  for (let row = 0; row < rows; row += GROUP) {
    const count = min(GROUP, rows - row);
    const start: usize = (row * columns) << 3;
    gatherSamples(samples + (start >> 1), columns, count, lines + margin);
    extend(lines, length >> 1, columns);
    filterReal(lines, room, columns, count, taps, pairs, length);
    scatterRows(lines + 2 * room, re + start, columns, columns, count);
    scatterRows(lines + 3 * room, im + start, columns, columns, count);
  }
}

/** The same for columns: low-pass half on top. */
export function analyseColumns(
  re: usize,
  im: usize,
  stride: i32,
  columns: i32,
  rows: i32,
  taps: usize,
  pairs: i32,
  length: i32,
  lines: usize,
): void {
  const room: usize = (rows + length) * STEP;
  const margin: usize = (length >> 1) * STEP;
  for (let x = 0; x < columns; x += GROUP) {
    const count = min(GROUP, columns - x);
    const start: usize = x << 3;
    copyColumns(re + start, stride << 3, lines + margin, STEP, rows, count);
    copyColumns(im + start, stride << 3, lines + room + margin, STEP, rows, count);
    extend(lines, length >> 1, rows);
    extend(lines + room, length >> 1, rows);
    filter(lines, room, rows, count, taps, pairs, length);
    copyColumns(lines + 2 * room, STEP, re + start, stride << 3, rows, count);
    copyColumns(lines + 3 * room, STEP, im + start, stride << 3, rows, count);
  }
}

function gatherRows(from: usize, stride: i32, columns: i32, count: i32, to: usize): void {
  for (let line = 0; line < count; line++) {
    let source = from + ((line * stride) << 3);
    let target = to + (line << 3);
    for (let x = 0; x < columns; x++, source += 8, target += STEP) {
      store<f64>(target, load<f64>(source));
    }
  }
}

function gatherSamples(from: usize, columns: i32, count: i32, to: usize): void {
  for (let line = 0; line < count; line++) {
    let source = from + ((line * columns) << 2);
    let target = to + (line << 3);
    for (let x = 0; x < columns; x++, source += 4, target += STEP) {
      store<f64>(target, load<f32>(source));
    }
  }
}

function scatterRows(from: usize, to: usize, stride: i32, columns: i32, count: i32): void {
  for (let line = 0; line < count; line++) {
    let source = from + (line << 3);
    let target = to + ((line * stride) << 3);
    for (let x = 0; x < columns; x++, source += STEP, target += 8) {
      store<f64>(target, load<f64>(source));
    }
  }
}

/** Copies `count` neighbouring columns, an even number, between places that are so many bytes apart. */
function copyColumns(
  from: usize,
  fromStep: usize,
  to: usize,
  toStep: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++, from += fromStep, to += toStep) {
    for (let c: usize = 0; c < <usize>(count << 3); c += 16)
      v128.store(to + c, v128.load(from + c));
  }
}

/** Repeats the `length` places behind the first `margin` ones on both sides, as periodic lines do. */
function extend(lines: usize, margin: i32, length: i32): void {
  const first = lines + margin * STEP;
  for (let k = 0; k < margin; k++) {
    memory.copy(first + (length + k) * STEP, first + (k % length) * STEP, STEP);
    memory.copy(first - (k + 1) * STEP, first + (length - 1 - (k % length)) * STEP, STEP);
  }
}

/** Filters the lines of the first two arrays to the other two. */
function filter(
  lines: usize,
  room: usize,
  places: i32,
  count: i32,
  taps: usize,
  pairs: i32,
  length: i32,
): void {
  const half = places >> 1;
  const last: usize = (length - 1) * STEP;
  const tapsEnd = taps + (pairs << 4);
  const high: usize = half * STEP;
  for (let k = 0; k < half; k++) {
    for (let c: usize = 0; c < <usize>(count << 3); c += 16) {
      let lowRe = f64x2.splat(0);
      let lowIm = f64x2.splat(0);
      let highRe = f64x2.splat(0);
      let highIm = f64x2.splat(0);
      let near = lines + 2 * k * STEP + c;
      let far = near + last;
      for (let tap = taps; tap < tapsEnd; tap += 32, near += 2 * STEP, far -= 2 * STEP) {
        let a = v128.load64_splat(tap);
        let b = v128.load64_splat(tap, 8);
        let nearRe = v128.load(near);
        let farRe = v128.load(far);
        let nearIm = v128.load(near + room);
        let farIm = v128.load(far + room);
        let re = f64x2.add(nearRe, farRe);
        let im = f64x2.add(nearIm, farIm);
        lowRe = f64x2.add(lowRe, f64x2.sub(f64x2.mul(a, re), f64x2.mul(b, im)));
        lowIm = f64x2.add(lowIm, f64x2.add(f64x2.mul(a, im), f64x2.mul(b, re)));
        re = f64x2.sub(nearRe, farRe);
        im = f64x2.sub(nearIm, farIm);
        highRe = f64x2.add(highRe, f64x2.add(f64x2.mul(a, re), f64x2.mul(b, im)));
        highIm = f64x2.add(highIm, f64x2.sub(f64x2.mul(a, im), f64x2.mul(b, re)));
        a = v128.load64_splat(tap, 16);
        b = v128.load64_splat(tap, 24);
        nearRe = v128.load(near + STEP);
        farRe = v128.load(far - STEP);
        nearIm = v128.load(near + STEP + room);
        farIm = v128.load(far - STEP + room);
        re = f64x2.add(nearRe, farRe);
        im = f64x2.add(nearIm, farIm);
        lowRe = f64x2.add(lowRe, f64x2.sub(f64x2.mul(a, re), f64x2.mul(b, im)));
        lowIm = f64x2.add(lowIm, f64x2.add(f64x2.mul(a, im), f64x2.mul(b, re)));
        // The high-pass filter has the other sign at every second tap.
        re = f64x2.sub(farRe, nearRe);
        im = f64x2.sub(farIm, nearIm);
        highRe = f64x2.add(highRe, f64x2.add(f64x2.mul(a, re), f64x2.mul(b, im)));
        highIm = f64x2.add(highIm, f64x2.sub(f64x2.mul(a, im), f64x2.mul(b, re)));
      }
      const out = lines + 2 * room + k * STEP + c;
      v128.store(out, lowRe);
      v128.store(out + room, lowIm);
      v128.store(out + high, highRe);
      v128.store(out + room + high, highIm);
    }
  }
}

function filterReal(
  lines: usize,
  room: usize,
  places: i32,
  count: i32,
  taps: usize,
  pairs: i32,
  length: i32,
): void {
  const half = places >> 1;
  const last: usize = (length - 1) * STEP;
  const tapsEnd = taps + (pairs << 4);
  const high: usize = half * STEP;
  for (let k = 0; k < half; k++) {
    for (let c: usize = 0; c < <usize>(count << 3); c += 16) {
      let lowRe = f64x2.splat(0);
      let lowIm = f64x2.splat(0);
      let highRe = f64x2.splat(0);
      let highIm = f64x2.splat(0);
      let near = lines + 2 * k * STEP + c;
      let far = near + last;
      for (let tap = taps; tap < tapsEnd; tap += 32, near += 2 * STEP, far -= 2 * STEP) {
        let a = v128.load64_splat(tap);
        let b = v128.load64_splat(tap, 8);
        let nearby = v128.load(near);
        let distant = v128.load(far);
        let sum = f64x2.add(nearby, distant);
        let difference = f64x2.sub(nearby, distant);
        lowRe = f64x2.add(lowRe, f64x2.mul(a, sum));
        lowIm = f64x2.add(lowIm, f64x2.mul(b, sum));
        highRe = f64x2.add(highRe, f64x2.mul(a, difference));
        highIm = f64x2.sub(highIm, f64x2.mul(b, difference));
        a = v128.load64_splat(tap, 16);
        b = v128.load64_splat(tap, 24);
        nearby = v128.load(near + STEP);
        distant = v128.load(far - STEP);
        sum = f64x2.add(nearby, distant);
        difference = f64x2.sub(distant, nearby);
        lowRe = f64x2.add(lowRe, f64x2.mul(a, sum));
        lowIm = f64x2.add(lowIm, f64x2.mul(b, sum));
        highRe = f64x2.add(highRe, f64x2.mul(a, difference));
        highIm = f64x2.sub(highIm, f64x2.mul(b, difference));
      }
      const out = lines + 2 * room + k * STEP + c;
      v128.store(out, lowRe);
      v128.store(out + room, lowIm);
      v128.store(out + high, highRe);
      v128.store(out + room + high, highIm);
    }
  }
}
