/** Four numbers, two and two added, in double precision. */
export function sumOf(numbers: v128): v128 {
  const upper = v128.shuffle<i64>(numbers, numbers, 1, 1);
  return f64x2.add(f64x2.promote_low_f32x4(numbers), f64x2.promote_low_f32x4(upper));
}

/** Both numbers added. */
export function total(numbers: v128): f64 {
  return f64x2.extract_lane(numbers, 0) + f64x2.extract_lane(numbers, 1);
}
