/** Root of the mean of the squares; 0 of nothing. */
export function rootMeanSquare(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ** 2;
  return values.length === 0 ? 0 : Math.sqrt(sum / values.length);
}
