// Ways of numbers into and out of the lines of a Fourier transform. Lines lie side by side, 8 complex numbers
// (64 bytes) for each position; numbers are (re, im), two in a vector.

/** 16 real rows of `width` numbers become 8 lines: every two are real and imaginary part of one. */
export function rowsToLines(rows: usize, lines: usize, width: i32): void {
  const rowBytes: usize = width << 2;
  for (let x: usize = 0; x < rowBytes; x += 16, lines += 256) {
    for (let row: usize = 0; row < 16; row += 4) {
      const at = rows + row * rowBytes + x;
      const a = v128.load(at);
      const b = v128.load(at + rowBytes);
      const c = v128.load(at + 2 * rowBytes);
      const d = v128.load(at + 3 * rowBytes);
      storeTurned(a, b, c, d, lines + (row << 2), 64);
    }
  }
}

/** The way back, for `width` positions; rows are whole vectors long, and numbers are multiplied by `scale`. */
export function linesToRows(lines: usize, rows: usize, width: i32, scale: f32): void {
  const rowBytes: usize = ((width + 3) >> 2) << 4;
  const factors = f32x4(scale, -scale, scale, -scale);
  for (let x: usize = 0; x < rowBytes; x += 16, lines += 256) {
    for (let row: usize = 0; row < 16; row += 4) {
      const at = lines + (row << 2);
      const a = f32x4.mul(factors, v128.load(at));
      const b = f32x4.mul(factors, v128.load(at, 64));
      const c = f32x4.mul(factors, v128.load(at, 128));
      const d = f32x4.mul(factors, v128.load(at, 192));
      storeTurned(a, b, c, d, rows + row * rowBytes + x, rowBytes);
    }
  }
}

/**
 * Spectra of 16 real rows from those of their 8 lines: a real line's is even conjugate, an imaginary one's
 * odd. Frequency after frequency they go into `columns`, 16 numbers of each.
 */
export function separateRows(
  lines: usize,
  columns: usize,
  width: i32,
  frequencies: i32,
  columnBytes: usize,
): void {
  const halves = f32x4(0.5, 0.5, 0.5, -0.5);
  for (let f = 0; f < frequencies; f++, columns += columnBytes) {
    const here = lines + ((<usize>f) << 6);
    const there = lines + ((<usize>(f == 0 ? 0 : width - f)) << 6);
    for (let at: usize = 0; at < 64; at += 16) {
      const a = v128.load(here + at);
      const b = v128.load(there + at);
      const sum = f32x4.add(a, b);
      const difference = f32x4.sub(a, b);
      const first = v128.shuffle<f32>(sum, difference, 0, 5, 1, 4);
      const second = v128.shuffle<f32>(sum, difference, 2, 7, 3, 6);
      v128.store(columns + 2 * at, f32x4.mul(halves, first));
      v128.store(columns + 2 * at + 16, f32x4.mul(halves, second));
    }
  }
}

/** The way back, from conjugate spectra; frequencies that are not given become 0. */
export function joinRows(
  columns: usize,
  lines: usize,
  width: i32,
  frequencies: i32,
  columnBytes: usize,
): void {
  const minusI = f32x4(1, -1, 1, -1);
  memory.fill(lines, 0, (<usize>width) << 6);
  for (let f = 0; f < frequencies; f++, columns += columnBytes) {
    const here = lines + ((<usize>f) << 6);
    const there = lines + ((<usize>(width - f)) << 6);
    const mirrored = f > 0 && 2 * f < width;
    for (let at: usize = 0; at < 64; at += 16) {
      const a = v128.load(columns + 2 * at);
      const b = v128.load(columns + 2 * at, 16);
      const even = v128.shuffle<f32>(a, b, 0, 1, 4, 5);
      const odd = f32x4.mul(minusI, v128.shuffle<f32>(a, b, 3, 2, 7, 6));
      v128.store(here + at, f32x4.add(even, odd));
      if (mirrored) v128.store(there + at, f32x4.mul(minusI, f32x4.sub(even, odd)));
    }
  }
}

/** 8 columns of `length` numbers become lines; imaginary parts are multiplied by `sign`. */
export function columnsToLines(
  columns: usize,
  lines: usize,
  length: i32,
  columnBytes: usize,
  sign: f32,
): void {
  const factors = f32x4(1, sign, 1, sign);
  for (let y = 0; y < length; y += 2, columns += 16, lines += 128) {
    for (let column: usize = 0; column < 8; column += 2) {
      const at = columns + column * columnBytes;
      const a = f32x4.mul(factors, v128.load(at));
      const b = f32x4.mul(factors, v128.load(at + columnBytes));
      v128.store(lines + (column << 3), v128.shuffle<i64>(a, b, 0, 2));
      v128.store(lines + (column << 3), v128.shuffle<i64>(a, b, 1, 3), 64);
    }
  }
}

/** The way back. */
export function linesToColumns(
  lines: usize,
  columns: usize,
  length: i32,
  columnBytes: usize,
): void {
  for (let y = 0; y < length; y += 2, columns += 16, lines += 128) {
    for (let column: usize = 0; column < 8; column += 2) {
      const at = columns + column * columnBytes;
      const a = v128.load(lines + (column << 3));
      const b = v128.load(lines + (column << 3), 64);
      v128.store(at, v128.shuffle<i64>(a, b, 0, 2));
      v128.store(at + columnBytes, v128.shuffle<i64>(a, b, 1, 3));
    }
  }
}

/** Stores four vectors as columns of what lies `apart` bytes apart. */
function storeTurned(a: v128, b: v128, c: v128, d: v128, to: usize, apart: usize): void {
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  const abHigh = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
  const cdHigh = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(ab, cd, 0, 2));
  v128.store(to + apart, v128.shuffle<i64>(ab, cd, 1, 3));
  v128.store(to + 2 * apart, v128.shuffle<i64>(abHigh, cdHigh, 0, 2));
  v128.store(to + 3 * apart, v128.shuffle<i64>(abHigh, cdHigh, 1, 3));
}
