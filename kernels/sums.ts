/** Adds 16-bit numbers to totals in double precision; `count` is rounded up to a multiple of four. */
export function addShorts(totals: usize, values: usize, count: i32): void {
  for (let i = 0; i < count; i += 4, totals += 32, values += 8) {
    const four = i32x4.extend_low_i16x8_u(v128.load64_zero(values));
    const last = v128.shuffle<i32>(four, four, 2, 3, 2, 3);
    v128.store(totals, f64x2.add(v128.load(totals), f64x2.convert_low_i32x4_u(four)));
    v128.store(totals + 16, f64x2.add(v128.load(totals + 16), f64x2.convert_low_i32x4_u(last)));
  }
}
