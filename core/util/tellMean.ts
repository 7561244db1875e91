/**
 * Joins the progress of several pieces of work into one.
 *
 * @param tell hears the mean of how far they are, 0 to 1, whenever one of them gets on
 * @returns for each piece what hears how far it is
 */
export function tellMean(
  pieces: number,
  tell: (fraction: number) => void,
): readonly ((fraction: number) => void)[] {
  const fractions = new Float64Array(pieces);
  return Array.from(fractions, (_, i) => (fraction: number) => {
    fractions[i] = fraction;
    tell(fractions.reduce((sum, one) => sum + one, 0) / pieces);
  });
}
