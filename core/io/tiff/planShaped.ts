import { calibrationFromResolution } from './planPages';
import { contiguousBytes } from './contiguousPlanes';
import type { PageLayout } from './PageLayout';
import type { FirstPage } from './readFirstPage';
import type { StackPlan } from './StackPlan';
import type { TiffFile } from './TiffFile';

interface ShapedDescription {
  readonly shape: readonly number[];
  readonly axes: string | null;
}

function parseShaped(description: string): ShapedDescription | null {
  if (!description.startsWith('{') || !description.includes('"shape"')) return null;
  try {
    const value: unknown = JSON.parse(description);
    if (typeof value !== 'object' || value === null || !('shape' in value)) return null;
    const { shape } = value;
    const axes =
      'axes' in value && typeof value.axes === 'string' ? value.axes.toUpperCase() : null;
    if (!Array.isArray(shape) || !shape.every((n) => Number.isSafeInteger(n) && n >= 1))
      return null;
    return { shape: shape.map(Number), axes: axes?.length === shape.length ? axes : null };
  } catch {
    return null;
  }
}

/** The axes of the pages, slowest first, with their sizes; what the page itself holds is cut away. */
function pageAxes(
  { shape, axes }: ShapedDescription,
  layout: PageLayout,
): { axis: string; size: number }[] | null {
  const inPage = layout.height * layout.width * layout.samplesPerPixel;
  let tail = 1;
  let pages = shape.length;
  while (pages > 0 && tail < inPage) tail *= shape[--pages] ?? 1;
  if (tail !== inPage) return null;
  const list = shape
    .slice(0, pages)
    .map((size, i) => ({ axis: axes?.[i]?.toLowerCase() ?? 'q', size }));
  const named = list.filter(({ axis }) => 'tcz'.includes(axis));
  const others = list.filter(({ axis, size }) => !'tcz'.includes(axis) && size > 1);
  if (others.length === 0 && new Set(named.map(({ axis }) => axis)).size === named.length)
    return named;
  return null;
}

/**
 * Plans a stack by the JSON description {"shape": …, "axes": …} that tifffile writes.
 *
 * @returns `null` when the first page has none, or one that does not fit
 */
export function planShaped(file: TiffFile, first: FirstPage, layout: PageLayout): StackPlan | null {
  const described = parseShaped(first.description);
  if (!described) return null;
  const total = described.shape.reduce((product, n) => product * n, 1);
  const planes = total / (layout.height * layout.width * layout.samplesPerPixel);
  if (!Number.isSafeInteger(planes) || planes < 1 || file.pageCount > planes) return null;
  const named = pageAxes(described, layout) ?? [{ axis: 'z', size: planes }];
  const stored = { t: 1, c: 1, z: 1 };
  for (const { axis, size } of named)
    if (axis === 't' || axis === 'c' || axis === 'z') stored[axis] = size;
  const stride = file.pageCount < planes ? contiguousBytes(file, layout, planes) : null;
  if (stride === null && file.pageCount < planes && !file.chain.problem) return null;
  const order = [...named]
    .reverse()
    .map(({ axis }) => axis)
    .join('');
  return {
    format: 'tiff',
    stored,
    order: order + [...'zct'].filter((axis) => !order.includes(axis)).join(''),
    siblings: [],
    place: (plane) =>
      stride === null
        ? { file: 0, page: plane, shift: 0 }
        : { file: 0, page: 0, shift: plane * stride },
    calibrate: (shape) => ({
      calibration: calibrationFromResolution(first.resolution, shape.c),
      valueMapping: null,
      historyText: null,
    }),
    notes: [],
  };
}
