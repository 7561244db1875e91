import type { PlaneMap } from './PlaneMap';
import { SPLINE_PADDING } from './paddedSpline';
import type { PaddedSpline } from './paddedSpline';

/** The nearest whole number, halves up. */
function nearest(value: number): number {
  return Math.floor(value + 0.5);
}

/** Narrows `range` to the x for which round(slope x + start) is one of 0 .. size - 1. */
function clipToSize(range: Int32Array, slope: number, start: number, size: number): void {
  const inside = (x: number): boolean => {
    const at = nearest(slope * x + start);
    return at >= 0 && at < size;
  };
  let [first, end] = range;
  if (Math.abs(slope) < 1e-12) {
    if (first < end && !(inside(first) && inside(end - 1))) end = first;
  } else {
    const a = (-0.5 - start) / slope;
    const b = (size - 0.5 - start) / slope;
    first = Math.max(first, Math.min(end, Math.floor(Math.min(a, b)) - 1));
    end = Math.min(end, Math.max(first, Math.ceil(Math.max(a, b)) + 2));
    while (first < end && !inside(first)) first++;
    while (end > first && !inside(end - 1)) end--;
  }
  range[0] = first;
  range[1] = end;
}

/**
 * The pixels of row `y` whose mapped position, rounded to the nearest pixel, lies inside a plane of
 * `width` x `height`: columns `range[0]` up to but not including `range[1]` (equal when there are none).
 *
 * @param columns number of columns of the row
 * @param range receives the result
 */
export function overlapOfRow(
  { matrix, xy: product }: PlaneMap,
  y: number,
  columns: number,
  size: { readonly width: number; readonly height: number },
  range: Int32Array,
): void {
  const [[xx, xy, x0], [yx, yy, y0]] = matrix;
  range[0] = 0;
  range[1] = columns;
  // Along a row even the bilinear map is a straight line.
  clipToSize(range, product ? xx + product[0] * y : xx, xy * y + x0, size.width);
  clipToSize(range, product ? yx + product[1] * y : yx, yy * y + y0, size.height);
}

/**
 * Cubic spline values at the positions (u0 + x, v), for x from `first` up to but not including
 * `end`: a row of a pure translation, where every pixel has the same weights. Positions must lie
 * within half a pixel of the plane.
 */
export function interpolateShiftedRow(
  spline: PaddedSpline,
  u0: number,
  v: number,
  first: number,
  end: number,
  out: Float64Array,
): void {
  const { data, stride } = spline;
  const iu = Math.floor(u0 + first);
  const iv = Math.floor(v);
  const f = u0 + first - iu;
  const g = v - iv;
  const f1 = 1 - f;
  const g1 = 1 - g;
  const wx0 = (f1 * f1 * f1) / 6;
  const wx3 = (f * f * f) / 6;
  const wx1 = 2 / 3 - 0.5 * f * f * (2 - f);
  const wx2 = 1 - wx0 - wx1 - wx3;
  const wy0 = (g1 * g1 * g1) / 6;
  const wy3 = (g * g * g) / 6;
  const wy1 = 2 / 3 - 0.5 * g * g * (2 - g);
  const wy2 = 1 - wy0 - wy1 - wy3;
  let p = (iv + SPLINE_PADDING - 1) * stride + iu + SPLINE_PADDING - 1;
  const s2 = 2 * stride;
  const s3 = 3 * stride;
  let a = wy0 * data[p] + wy1 * data[p + stride] + wy2 * data[p + s2] + wy3 * data[p + s3];
  p++;
  let b = wy0 * data[p] + wy1 * data[p + stride] + wy2 * data[p + s2] + wy3 * data[p + s3];
  p++;
  let c = wy0 * data[p] + wy1 * data[p + stride] + wy2 * data[p + s2] + wy3 * data[p + s3];
  for (let x = first; x < end; x++) {
    p++;
    const d = wy0 * data[p] + wy1 * data[p + stride] + wy2 * data[p + s2] + wy3 * data[p + s3];
    out[x] = wx0 * a + wx1 * b + wx2 * c + wx3 * d;
    a = b;
    b = c;
    c = d;
  }
}

/**
 * Cubic spline values at the mapped positions of a stretch of row `y`: `out[x]` is the value at
 * `map` (x, y) for x from `first` up to but not including `end`. Every position must lie within
 * half a pixel of the plane, as {@link overlapOfRow} makes sure.
 */
export function interpolateRow(
  spline: PaddedSpline,
  { matrix, xy: product }: PlaneMap,
  y: number,
  first: number,
  end: number,
  out: Float64Array,
): void {
  const [[xx, xy, x0], [yx, yy, y0]] = matrix;
  const u0 = xy * y + x0;
  const v0 = yy * y + y0;
  const du = product ? xx + product[0] * y : xx;
  const dv = product ? yx + product[1] * y : yx;
  if (du === 1 && dv === 0) {
    interpolateShiftedRow(spline, u0, v0, first, end, out);
    return;
  }
  const { data, stride } = spline;
  // Local copies: an imported binding can cost a property read at every use.
  const padding = SPLINE_PADDING;
  const sixth = 1 / 6;
  for (let x = first; x < end; x++) {
    const u = du * x + u0 + padding;
    const v = dv * x + v0 + padding;
    // The padding makes positions positive, so that cutting off decimals rounds down.
    const iu = u | 0;
    const iv = v | 0;
    const f = u - iu;
    const g = v - iv;
    const f1 = 1 - f;
    const g1 = 1 - g;
    const w0 = f1 * f1 * f1 * sixth;
    const w3 = f * f * f * sixth;
    const w1 = 2 / 3 - 0.5 * f * f * (2 - f);
    const w2 = 1 - w0 - w1 - w3;
    const h0 = g1 * g1 * g1 * sixth;
    const h3 = g * g * g * sixth;
    const h1 = 2 / 3 - 0.5 * g * g * (2 - g);
    const h2 = 1 - h0 - h1 - h3;
    let p = (iv - 1) * stride + iu - 1;
    let sum = h0 * (w0 * data[p] + w1 * data[p + 1] + w2 * data[p + 2] + w3 * data[p + 3]);
    p += stride;
    sum += h1 * (w0 * data[p] + w1 * data[p + 1] + w2 * data[p + 2] + w3 * data[p + 3]);
    p += stride;
    sum += h2 * (w0 * data[p] + w1 * data[p + 1] + w2 * data[p + 2] + w3 * data[p + 3]);
    p += stride;
    sum += h3 * (w0 * data[p] + w1 * data[p + 1] + w2 * data[p + 2] + w3 * data[p + 3]);
    out[x] = sum;
  }
}
