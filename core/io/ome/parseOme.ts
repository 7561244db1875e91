import { AxialError } from '#core/util/errors';
import type { OmeDocument, OmeImage, OmePlane, OmeTiffData } from './OmeDocument';
import { calibrationFromOme } from './calibrationFromOme';
import { omeDuration, omeLength } from './omeQuantity';
import { readAxialAnnotation } from './readAxialAnnotation';
import { parseXml } from './parseXml';
import { attributeOf, childOf, childrenOf, countOf, textOf } from './xmlNode';
import type { XmlNode } from './xmlNode';

const AXES = ['Z', 'C', 'T'] as const;

/** Planes and channels that a description may promise; more is damage. */
const MOST_PLANES = 2 ** 24;
const MOST_CHANNELS = 2 ** 16;

function checkSizes(planes: number, channels: number): void {
  if (planes <= MOST_PLANES && channels <= MOST_CHANNELS) return;
  const what = planes > MOST_PLANES ? `${planes} planes` : `${channels} channels`;
  throw new AxialError(
    'DamagedFileError',
    `The OME-XML of the file promises ${what}, more than any file holds.`,
    'Open the file as plain TIFF pages and name the axes yourself.',
  );
}

function sizeOf(pixels: XmlNode, axis: string): number {
  const size = countOf(pixels, `Size${axis}`);
  if (size !== null && size >= 1) return size;
  throw new AxialError(
    'DamagedFileError',
    `The OME-XML of the file does not state a usable size along ${axis}.`,
    'Open the file as plain TIFF pages and name the axes yourself.',
  );
}

/** Files with a mangled order exist; the commonest one stands in for it. */
function dimensionOrderOf(pixels: XmlNode): string {
  const order = attributeOf(pixels, 'DimensionOrder')?.trim().toUpperCase() ?? '';
  const sound =
    order.length === 5 && order.startsWith('XY') && AXES.every((a) => order.includes(a));
  return sound ? order : 'XYCZT';
}

function readTiffData(node: XmlNode): OmeTiffData {
  const ifd = countOf(node, 'IFD');
  const planeCount = countOf(node, 'PlaneCount') ?? countOf(node, 'NumPlanes');
  const uuid = childOf(node, 'UUID');
  return {
    ifd: ifd ?? 0,
    planeCount: planeCount ?? (ifd === null ? null : 1),
    firstZ: countOf(node, 'FirstZ') ?? 0,
    firstC: countOf(node, 'FirstC') ?? 0,
    firstT: countOf(node, 'FirstT') ?? 0,
    fileName: uuid && attributeOf(uuid, 'FileName'),
    uuid: uuid ? textOf(uuid).trim() || null : null,
  };
}

function readPlane(node: XmlNode): OmePlane {
  // Before 2009 position and time stood in elements of their own.
  const position = childOf(node, 'StagePosition') ?? node;
  const timing = childOf(node, 'PlaneTiming') ?? node;
  return {
    z: countOf(node, 'TheZ') ?? 0,
    c: countOf(node, 'TheC') ?? 0,
    t: countOf(node, 'TheT') ?? 0,
    // A missing unit comes from schemas without units, where micrometres were meant.
    positionZUm: omeLength(position, 'PositionZ', 'um'),
    deltaTS: omeDuration(timing, 'DeltaT', 's'),
  };
}

function samplesOf(channels: readonly XmlNode[]): number[] {
  return channels.map((channel) => Math.max(1, countOf(channel, 'SamplesPerPixel') ?? 1));
}

function readImage(root: XmlNode, image: XmlNode, pixels: XmlNode, imageCount: number): OmeImage {
  const inPixels = childrenOf(pixels, 'Channel');
  // Until 2008 a channel was a child of the image.
  const channels = inPixels.length > 0 ? inPixels : childrenOf(image, 'LogicalChannel');
  const planes = childrenOf(pixels, 'Plane').map(readPlane);
  const samplesPerPixel = samplesOf(channels);
  const sizeZ = sizeOf(pixels, 'Z');
  const sizeC = sizeOf(pixels, 'C');
  const sizeT = sizeOf(pixels, 'T');
  checkSizes(sizeZ * sizeC * sizeT, sizeC);
  return {
    name: attributeOf(image, 'Name'),
    dimensionOrder: dimensionOrderOf(pixels),
    sizeX: sizeOf(pixels, 'X'),
    sizeY: sizeOf(pixels, 'Y'),
    sizeZ,
    sizeC,
    sizeT,
    type: (attributeOf(pixels, 'Type') ?? attributeOf(pixels, 'PixelType') ?? '').toLowerCase(),
    samplesPerPixel,
    calibration: calibrationFromOme({
      root,
      image,
      pixels,
      channels,
      samplesPerPixel,
      planes,
      sizeZ,
      sizeC,
      sizeT,
    }),
    tiffData: childrenOf(pixels, 'TiffData').map(readTiffData),
    planes,
    ...readAxialAnnotation(root, image, imageCount),
  };
}

/**
 * Reads an OME-XML document of any schema from 2008 to 2016-06, leniently: what is missing is `null`,
 * units become micrometres, nanometres (wavelengths) and seconds.
 *
 * @param xml the text of the first ImageDescription, or of a companion file
 * @throws AxialError `DamagedFileError` when it is not well formed, is no OME-XML or lacks sizes
 */
export function parseOme(xml: string): OmeDocument {
  const root = childOf(parseXml(xml), 'OME');
  if (!root) {
    throw new AxialError(
      'DamagedFileError',
      'The text is no OME-XML: it has no OME element.',
      'Open the file as plain TIFF pages.',
    );
  }
  const binaryOnly = childOf(root, 'BinaryOnly');
  const images = childrenOf(root, 'Image').flatMap((image) =>
    childrenOf(image, 'Pixels').map((pixels) => ({ image, pixels })),
  );
  return {
    images: images.map(({ image, pixels }) => readImage(root, image, pixels, images.length)),
    uuid: attributeOf(root, 'UUID'),
    metadataFile: binaryOnly && attributeOf(binaryOnly, 'MetadataFile'),
  };
}
