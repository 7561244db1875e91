/** Numbers of room on either side of the samples of a line. */
const MARGIN: i32 = 4;

/** Bytes that a line of `width` single-precision numbers needs, with room for whole vectors and for margins. */
export function roomFor(width: i32): usize {
  return (((width + 3) & ~3) + 3 * MARGIN) << 2;
}

/** The place of sample `i` of a line of `count` that goes on as its mirror image; the border is not repeated. */
export function mirrored(i: i32, count: i32): i32 {
  if (count == 1) return 0;
  const period = 2 * (count - 1);
  const place = ((i % period) + period) % period;
  return place < count ? place : period - place;
}

/** Copies a row into a line, goes on as its mirror image on both sides, and gives where its first sample is. */
export function fillMirrored(line: usize, row: usize, width: i32): usize {
  const first = line + (MARGIN << 2);
  memory.copy(first, row, width << 2);
  for (let k = 1; k <= MARGIN; k++) {
    store<f32>(first - (k << 2), load<f32>(row + (mirrored(-k, width) << 2)));
    const after = width - 1 + k;
    store<f32>(first + (after << 2), load<f32>(row + (mirrored(after, width) << 2)));
  }
  return first;
}
