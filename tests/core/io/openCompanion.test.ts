import { describe, expect, it } from 'vitest';
import type { ByteSource } from '#core/io/ByteSource';
import { memoryByteSource } from '#core/io/memoryByteSource';
import { openImage } from '#core/io/openImage';
import type { OpenOptions } from '#core/io/OpenOptions';
import { buildTiff, counting, greyPage } from '#tests/helpers/buildTiff';

const NAMESPACE = 'http://www.openmicroscopy.org/Schemas/OME/2016-06';
const BINARY_ONLY = `<OME xmlns="${NAMESPACE}" UUID="urn:uuid:b"><BinaryOnly MetadataFile="set.companion.ome" UUID="urn:uuid:m"/></OME>`;

function runOf(channel: number, fileName: string, uuid: string): string {
  return (
    `<TiffData IFD="0" FirstC="${channel}" PlaneCount="2">` +
    `<UUID FileName="${fileName}">urn:uuid:${uuid}</UUID></TiffData>`
  );
}

const COMPANION =
  `<?xml version="1.0"?><OME xmlns="${NAMESPACE}" UUID="urn:uuid:m"><Image ID="Image:0">` +
  '<Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="uint8" SizeX="4" SizeY="3" SizeZ="2" SizeC="2" SizeT="1" PhysicalSizeZ="0.4">' +
  '<Channel ID="Channel:0:0" Name="DAPI" SamplesPerPixel="1"/><Channel ID="Channel:0:1" Name="GFP" SamplesPerPixel="1"/>' +
  `${runOf(0, 'a.ome.tif', 'a')}${runOf(1, 'b.ome.tif', 'b')}</Pixels></Image></OME>`;

/** Two pages of 4 x 3 pixels. */
function tiff(first: number, description?: string): Uint8Array {
  const page = (i: number) =>
    greyPage(counting(12, first + i * 10), {
      width: 4,
      height: 3,
      rowsPerStrip: 3,
      ...(i === 0 && description !== undefined ? { description } : {}),
    });
  return buildTiff({ pages: [page(0), page(1)] });
}

/** A folder, and which of its files are open. */
function folder(files: { readonly [name: string]: Uint8Array }) {
  const open: string[] = [];
  const source = (name: string): ByteSource | null => {
    const content = files[name];
    if (!content) return null;
    open.push(name);
    return {
      ...memoryByteSource(name, content),
      close: () => {
        open.splice(open.indexOf(name), 1);
        return Promise.resolve();
      },
    };
  };
  const image = async (name: string, options: OpenOptions = {}) => {
    const bytes = source(name);
    if (!bytes) throw new RangeError(`There is no ${name}.`);
    try {
      return await openImage(bytes, {
        resolveSibling: (sibling) => Promise.resolve(source(sibling)),
        ...options,
      });
    } catch (error) {
      await bytes.close();
      throw error;
    }
  };
  return { image, open };
}

const text = (content: string): Uint8Array => new TextEncoder().encode(content);
const SET = {
  'set.companion.ome': text(COMPANION),
  'a.ome.tif': tiff(0, BINARY_ONLY.replace('uuid:b', 'uuid:a')),
  'b.ome.tif': tiff(100, BINARY_ONLY),
};

describe('a set of TIFFs with a companion file', () => {
  it.each(Object.keys(SET))('opens whole from %s', async (name) => {
    const files = folder(SET);
    const stack = await files.image(name);
    expect(stack.format).toBe('ome-tiff');
    expect(stack.name).toBe(name);
    expect(stack.files[0]).toBe(name);
    expect(stack.shape).toEqual({ t: 1, c: 2, z: 2, y: 3, x: 4 });
    expect(stack.calibration.channels.map((channel) => channel.name)).toEqual(['DAPI', 'GFP']);
    expect(stack.calibration.pixelSizeUm.z).toBe(0.4);
    const first = async (c: number, z: number) => (await stack.source.read({ t: 0, c, z }))[0];
    expect([await first(0, 0), await first(0, 1), await first(1, 0), await first(1, 1)]).toEqual([
      0, 10, 100, 110,
    ]);
    await stack.source.close();
    expect(files.open).toEqual([]);
  });

  it('opens from the companion where the TIFFs say nothing', async () => {
    const files = folder({ ...SET, 'a.ome.tif': tiff(0), 'b.ome.tif': tiff(100) });
    const stack = await files.image('set.companion.ome');
    expect((await stack.source.read({ t: 0, c: 1, z: 1 }))[0]).toBe(110);
  });

  it('names the companion when it is missing, and opens the pages on request', async () => {
    const { 'set.companion.ome': _, ...rest } = SET;
    const files = folder(rest);
    await expect(files.image('b.ome.tif')).rejects.toMatchObject({
      tag: 'DamagedFileError',
      message: expect.stringContaining('"set.companion.ome"'),
    });
    expect(files.open).toEqual([]);
    const stack = await files.image('b.ome.tif', { readablePart: true });
    expect(stack.shape).toMatchObject({ c: 1, z: 2 });
    const named = await files.image('b.ome.tif', { axes: 't' });
    expect(named.shape).toMatchObject({ t: 2, z: 1 });
  });

  it.each([
    ['names no file', COMPANION.replaceAll(/<TiffData.*?<\/TiffData>/gu, '<TiffData/>'), /no file/],
    ['names a file that is gone', COMPANION.replace('a.ome.tif', 'gone.tif'), /"gone.tif"/],
    ['is cut off', COMPANION.slice(0, 300), /damaged/],
  ])('fails in words when the companion %s', async (_, companion, message) => {
    const files = folder({ ...SET, 'set.companion.ome': text(companion) });
    const opening = files.image('set.companion.ome');
    await expect(opening).rejects.toMatchObject({ tag: 'DamagedFileError' });
    await expect(opening).rejects.toThrow(message);
    expect(files.open).toEqual([]);
  });

  it('takes other XML for a file of another kind', async () => {
    const files = folder({ 'page.tif': text('<html><body>Not found</body></html>') });
    await expect(files.image('page.tif')).rejects.toMatchObject({ tag: 'UnsupportedFileError' });
  });
});
