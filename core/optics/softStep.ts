/** 0 below -1, 1 above 1, smooth between. */
export function softStep(t: number): number {
  if (t <= -1) return 0;
  if (t >= 1) return 1;
  const s = (t + 1) / 2;
  return s * s * (3 - 2 * s);
}
