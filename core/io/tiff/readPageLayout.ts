import type { DirectoryReader, ImageFileDirectory } from './imageFileDirectory';
import { hasTag, readNumber, readNumbers, readTagBytes } from './imageFileDirectory';
import type { PageLayout } from './PageLayout';
import { checkBlocks } from './checkBlocks';
import { bytesPerKind, sampleKind } from './sampleKind';
import { damagedTiff, unsupportedTiff } from './tiffErrors';
import { COMPRESSION, TAG } from './tiffTags';

/** Samples of one plane beyond which a size is taken for damage: 131 072 pixels squared. */
const MOST_SAMPLES = 2 ** 34;
const MOST_CHANNELS_IN_PAGE = 4096;
const MOST_BLOCKS = 2 ** 22;
const MOST_TABLE_BYTES = 1 << 20;

type Geometry = Pick<
  PageLayout,
  'width' | 'height' | 'samplesPerPixel' | 'planar' | 'tiled' | 'blockWidth' | 'blockHeight'
>;

function requirePositive(value: number, what: string): number {
  if (Number.isInteger(value) && value >= 1 && value < 2 ** 32) return value;
  throw damagedTiff(`This TIFF states a page ${what} of ${value}.`);
}

async function readGeometry(from: DirectoryReader, ifd: ImageFileDirectory): Promise<Geometry> {
  const width = requirePositive(await readNumber(from, ifd, TAG.imageWidth, 0), 'width');
  const height = requirePositive(await readNumber(from, ifd, TAG.imageLength, 0), 'height');
  const samplesPerPixel = requirePositive(
    await readNumber(from, ifd, TAG.samplesPerPixel, 1),
    'channel count',
  );
  const planar =
    (await readNumber(from, ifd, TAG.planarConfiguration, 1)) === 2 && samplesPerPixel > 1;
  if (samplesPerPixel > MOST_CHANNELS_IN_PAGE || width * height * samplesPerPixel > MOST_SAMPLES) {
    throw damagedTiff(
      `This TIFF states pages of ${width} x ${height} pixels with ${samplesPerPixel} samples each, more than Axial takes for real.`,
      { width, height, samplesPerPixel },
    );
  }
  const tiled =
    hasTag(ifd, TAG.tileOffsets) || (hasTag(ifd, TAG.tileWidth) && !hasTag(ifd, TAG.stripOffsets));
  const rows = await readNumber(
    from,
    ifd,
    tiled ? TAG.tileLength : TAG.rowsPerStrip,
    tiled ? 0 : height,
  );
  const columns = tiled ? await readNumber(from, ifd, TAG.tileWidth, 0) : width;
  return {
    width,
    height,
    samplesPerPixel,
    planar,
    tiled,
    blockWidth: requirePositive(columns, 'tile width'),
    // Writers state "all rows" as the largest number; 0 is met in the wild and means the same.
    blockHeight: tiled
      ? requirePositive(rows, 'tile height')
      : Math.min(rows > 0 ? rows : height, height),
  };
}

async function readKind(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
): Promise<PageLayout['kind']> {
  const bits = (await readNumbers(from, ifd, TAG.bitsPerSample, MOST_CHANNELS_IN_PAGE)) ?? [1];
  const formats = (await readNumbers(from, ifd, TAG.sampleFormat, MOST_CHANNELS_IN_PAGE)) ?? [1];
  if (!bits.every((b) => b === bits[0]) || !formats.every((f) => f === formats[0])) {
    throw unsupportedTiff(
      'The channels of a page of this TIFF have different sample types.',
      'Split the channels in the program that wrote it and open them one by one.',
    );
  }
  return sampleKind(formats[0] ?? 1, bits[0] ?? 1);
}

async function readBlockPlaces(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
  geometry: Geometry,
): Promise<{ offsets: Float64Array; byteCounts: Float64Array | null }> {
  const { width, height, blockWidth, blockHeight, planar, samplesPerPixel, tiled } = geometry;
  const blocks =
    Math.ceil(width / blockWidth) *
    Math.ceil(height / blockHeight) *
    (planar ? samplesPerPixel : 1);
  if (blocks > MOST_BLOCKS)
    throw damagedTiff(`This TIFF cuts a page into ${blocks} strips or tiles.`);
  const offsets = await readNumbers(from, ifd, tiled ? TAG.tileOffsets : TAG.stripOffsets, blocks);
  const byteCounts = await readNumbers(
    from,
    ifd,
    tiled ? TAG.tileByteCounts : TAG.stripByteCounts,
    blocks,
  );
  if (!offsets || offsets.length < blocks) {
    throw damagedTiff(
      `This TIFF says where ${offsets?.length ?? 0} of the ${blocks} strips or tiles of a page are.`,
      { stated: offsets?.length ?? 0, expected: blocks },
    );
  }
  if (offsets.some((offset) => offset < 0) || byteCounts?.some((count) => count < 0)) {
    throw damagedTiff('This TIFF states negative places for its strips or tiles.');
  }
  return { offsets, byteCounts: byteCounts && byteCounts.length === blocks ? byteCounts : null };
}

/**
 * Reads how the page of a directory is stored, and checks that its numbers agree with each other.
 *
 * @throws AxialError `DamagedFileError` when they do not, `UnsupportedFileError` for sample types
 *   and layouts that Axial does not read
 */
export async function readPageLayout(
  from: DirectoryReader,
  ifd: ImageFileDirectory,
): Promise<PageLayout> {
  const geometry = await readGeometry(from, ifd);
  const kind = await readKind(from, ifd);
  const compression = await readNumber(from, ifd, TAG.compression, COMPRESSION.none);
  const places = await readBlockPlaces(from, ifd, geometry);
  const layout = {
    ...geometry,
    kind,
    bytesPerSample: bytesPerKind(kind),
    littleEndian: ifd.header.littleEndian,
    compression,
    predictor: await readNumber(from, ifd, TAG.predictor, 1),
    photometric: await readNumber(from, ifd, TAG.photometric, 1),
    reverseBits: (await readNumber(from, ifd, TAG.fillOrder, 1)) === 2,
    jpegTables:
      compression === COMPRESSION.jpeg
        ? await readTagBytes(from, ifd, TAG.jpegTables, MOST_TABLE_BYTES)
        : null,
    subIfds: (await readNumbers(from, ifd, TAG.subIfds, 64)) ?? new Float64Array(0),
  };
  return checkBlocks({ ...layout, offsets: places.offsets, byteCounts: places.byteCounts });
}
