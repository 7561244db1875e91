import { calibrationFromImageJ } from '#core/io/imagej/calibrationFromImageJ';
import type { ImageJDescription } from '#core/io/imagej/ImageJDescription';
import { contiguousBytes } from './contiguousPlanes';
import type { PageLayout } from './PageLayout';
import type { FirstPage } from './readFirstPage';
import type { StackPlan, StoredShape } from './StackPlan';
import type { TiffFile } from './TiffFile';

function storedShape(
  description: ImageJDescription,
  layout: PageLayout,
): StoredShape & { images: number } {
  const c = description.channels ?? 1;
  const z = description.slices ?? 1;
  const t = description.frames ?? 1;
  const images = description.images ?? c * z * t;
  if (c * z * t === images) return { t, c, z, images };
  // RGB images may count their colours as channels.
  const whole = layout.samplesPerPixel;
  if (c % whole === 0 && (c / whole) * z * t === images) return { t, c: c / whole, z, images };
  return { t: 1, c: 1, z: images, images };
}

/**
 * Plans an ImageJ hyperstack: channels fastest, then slices, then frames; either a page for each
 * plane, or (above 4 GB, and after the pages were cut off) one page with the planes right behind it.
 */
export function planImageJ(
  file: TiffFile,
  first: FirstPage,
  layout: PageLayout,
  description: ImageJDescription,
): StackPlan {
  const { images, ...stored } = storedShape(description, layout);
  const stride = file.pageCount < images ? contiguousBytes(file, layout, images) : null;
  const agrees =
    images === (description.channels ?? 1) * (description.slices ?? 1) * (description.frames ?? 1);
  return {
    format: 'imagej-tiff',
    stored,
    order: 'czt',
    siblings: [],
    place: (plane) =>
      stride === null
        ? { file: 0, page: plane, shift: 0 }
        : { file: 0, page: 0, shift: plane * stride },
    calibrate: (shape) => calibrationFromImageJ(description, first.resolution, first.imageJ, shape),
    notes:
      agrees || layout.samplesPerPixel > 1
        ? []
        : [
            'The channels, slices and frames that the file states do not fit its planes; all planes were put along z.',
          ],
  };
}
