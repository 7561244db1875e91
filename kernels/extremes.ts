/** Raises 16-bit numbers to others where those are larger; `bytes` is rounded up to whole vectors. */
export function max16(best: usize, values: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(best + at, i16x8.max_u(v128.load(best + at), v128.load(values + at)));
  }
}

/** Lowers 16-bit numbers in the same way. */
export function min16(best: usize, values: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(best + at, i16x8.min_u(v128.load(best + at), v128.load(values + at)));
  }
}

/** As `max16`, of 8-bit numbers. */
export function max8(best: usize, values: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(best + at, i8x16.max_u(v128.load(best + at), v128.load(values + at)));
  }
}

/** As `min16`, of 8-bit numbers. */
export function min8(best: usize, values: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(best + at, i8x16.min_u(v128.load(best + at), v128.load(values + at)));
  }
}
