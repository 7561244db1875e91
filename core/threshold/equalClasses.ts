/** 256 classes of equal width, out of fine bins whose number is a multiple of 256. */
export function equalClasses(counts: Float64Array): Float64Array<ArrayBuffer> {
  const classes = new Float64Array(256);
  const group = counts.length / classes.length;
  for (let i = 0; i < counts.length; i++) classes[Math.floor(i / group)] += counts[i];
  return classes;
}
