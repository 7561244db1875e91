import type { ByteSource } from '#core/io/ByteSource';
import { bufferedReader } from './bufferedReader';
import type { ImageFileDirectory } from './imageFileDirectory';
import { readDirectory } from './imageFileDirectory';
import type { PageLayout } from './PageLayout';
import type { TiffHeader } from './readTiffHeader';
import { readTiffHeader } from './readTiffHeader';
import { readPageLayout } from './readPageLayout';
import { damagedTiff } from './tiffErrors';
import type { PageChain } from './walkPageChain';
import { walkPageChain } from './walkPageChain';

/** Layouts kept: enough for the planes that a viewer goes back and forth between. */
const MOST_LAYOUTS = 32;

/** One TIFF: its chain of pages in compact form, and their layouts when somebody asks. */
export interface TiffFile {
  readonly bytes: ByteSource;
  readonly header: TiffHeader;
  readonly chain: PageChain;
  readonly pageCount: number;
  /** Directory of page `page`, counted from 0. */
  directory(page: number, signal?: AbortSignal): Promise<ImageFileDirectory>;
  /** Layout of page `page`. */
  layout(page: number, signal?: AbortSignal): Promise<PageLayout>;
  /** Layout of the directory at a byte offset, such as a SubIFD. */
  layoutAt(offset: number, signal?: AbortSignal): Promise<PageLayout>;
}

/**
 * Opens a TIFF: reads its header and walks its chain of directories, nothing else.
 *
 * @throws AxialError when it is no TIFF or has no first page; damage further on is in `chain.problem`
 */
export async function openTiffFile(bytes: ByteSource, signal?: AbortSignal): Promise<TiffFile> {
  const reader = bufferedReader(bytes);
  const header = await readTiffHeader(reader);
  const chain = await walkPageChain({ reader, signal }, header);
  const pageCount = chain.offsets.length;
  if (pageCount === 0) throw chain.problem ?? damagedTiff('This TIFF has no pages.');
  const layouts = new Map<number, PageLayout>();
  // Layouts have a window of their own: pages are asked for out of order.
  const own = bufferedReader(bytes);

  async function directoryAt(offset: number, abort?: AbortSignal): Promise<ImageFileDirectory> {
    return readDirectory({ reader: own, signal: abort }, header, offset);
  }
  async function layoutAt(offset: number, abort?: AbortSignal): Promise<PageLayout> {
    const known = layouts.get(offset);
    if (known) return known;
    const from = { reader: own, signal: abort };
    const layout = await readPageLayout(from, await directoryAt(offset, abort));
    layouts.set(offset, layout);
    if (layouts.size > MOST_LAYOUTS) {
      for (const oldest of layouts.keys()) {
        layouts.delete(oldest);
        break;
      }
    }
    return layout;
  }
  function offsetOf(page: number): number {
    const offset = chain.offsets[page];
    if (offset !== undefined) return offset;
    throw damagedTiff(`This TIFF has ${pageCount} pages; page ${page + 1} is missing.`, {
      page,
      pageCount,
    });
  }
  return {
    bytes,
    header,
    chain,
    pageCount,
    directory: async (page, abort) => directoryAt(offsetOf(page), abort),
    layout: async (page, abort) => layoutAt(offsetOf(page), abort),
    layoutAt,
  };
}
