import type { OmeDocument, OmeImage } from '#core/io/ome/OmeDocument';
import type { OpenOptions } from '#core/io/OpenOptions';
import { AxialError } from '#core/util/errors';
import type { PageLayout } from './PageLayout';
import type { StackPlan, StoredShape } from './StackPlan';
import { planeNumber, storedCount } from './StackPlan';
import type { TiffFile } from './TiffFile';
import { damagedTiff } from './tiffErrors';

interface PlaneTable {
  readonly files: Uint32Array;
  /** -1 where the description does not say. */
  readonly pages: Int32Array;
  readonly siblings: readonly string[];
}

function pickImage(document: OmeDocument, series: number): OmeImage {
  const image = document.images[series];
  if (image) return image;
  if (document.images.length === 0)
    throw damagedTiff('The OME-XML of this TIFF describes no image.');
  throw new AxialError(
    'UsageError',
    `This file has ${document.images.length} images; there is no number ${series}.`,
    'Images count from 0.',
  );
}

/** Numbers the files of the set: 0 is this one, whatever it is called now. */
function fileNumbering(
  document: OmeDocument,
  ownName: string,
): {
  siblings: string[];
  number(fileName: string | null, uuid: string | null): number;
} {
  const siblings: string[] = [];
  return {
    siblings,
    number(fileName, uuid) {
      const own = uuid !== null && uuid === document.uuid;
      if (fileName === null || own || fileName === ownName) return 0;
      const known = siblings.indexOf(fileName);
      if (known >= 0) return known + 1;
      return siblings.push(fileName);
    },
  };
}

/** Where each plane is, as the TiffData elements say. */
function planeTable(
  document: OmeDocument,
  image: OmeImage,
  stored: StoredShape,
  order: string,
  file: TiffFile,
): PlaneTable {
  const count = storedCount(stored);
  const pages = new Int32Array(count).fill(-1);
  const files = new Uint32Array(count);
  const numbering = fileNumbering(document, file.bytes.name);
  if (image.tiffData.length === 0) pages.forEach((_, plane) => (pages[plane] = plane));
  for (const run of image.tiffData) {
    const number = numbering.number(run.fileName, run.uuid);
    const c =
      run.firstC < stored.c ? run.firstC : Math.floor((run.firstC * stored.c) / image.sizeC);
    const inside = run.firstZ < stored.z && c < stored.c && run.firstT < stored.t;
    if (!inside) continue;
    const start = planeNumber(stored, order, { t: run.firstT, c, z: run.firstZ });
    const end = Math.min(count, start + (run.planeCount ?? count));
    for (let plane = start; plane < end; plane++) {
      pages[plane] = run.ifd + plane - start;
      files[plane] = number;
    }
  }
  return { files, pages, siblings: numbering.siblings };
}

/**
 * Plans a stack as OME-XML describes it: any order of axes, planes in any page of this file or of
 * others of its set.
 *
 * @param layout of the first page
 * @throws AxialError `DamagedFileError` when the description makes no sense
 */
export function planOme(
  file: TiffFile,
  layout: PageLayout,
  document: OmeDocument,
  options: OpenOptions,
): StackPlan {
  const series = options.series ?? 0;
  const image = pickImage(document, series);
  // Samples of a pixel count as channels in OME; a stored plane holds all of them.
  const samples =
    image.samplesPerPixel[0] ?? (image.sizeC === layout.samplesPerPixel ? image.sizeC : 1);
  const c = image.sizeC % samples === 0 ? image.sizeC / samples : image.sizeC;
  const stored = { t: image.sizeT, c, z: image.sizeZ };
  const order = image.dimensionOrder.slice(2).toLowerCase();
  const table = planeTable(document, image, stored, order, file);
  const { valueMapping, historyText, calibration } = image;
  const count = document.images.length;
  return {
    format: 'ome-tiff',
    stored,
    order,
    siblings: table.siblings,
    place: (plane) => ({ file: table.files[plane] ?? 0, page: table.pages[plane] ?? -1, shift: 0 }),
    calibrate: () => ({ calibration, valueMapping, historyText }),
    notes: [
      ...(count > 1 ? [`The file holds ${count} images; number ${series} was opened.`] : []),
      ...image.notes,
    ],
  };
}
