import { EMPTY_HISTORY } from '#core/image/History';
import type { History } from '#core/image/History';
import type { StackShape } from '#core/image/ImageStack';
import { parseImageJDescription } from '#core/io/imagej/parseImageJDescription';
import { describingDocument, looksLikeOme } from '#core/io/ome/describingDocument';
import type { OmeDocument } from '#core/io/ome/OmeDocument';
import { parseOme } from '#core/io/ome/parseOme';
import type { ByteSource } from '#core/io/ByteSource';
import type { OpenedImage } from '#core/io/OpenedImage';
import type { OpenOptions } from '#core/io/OpenOptions';
import { countReadable } from './countReadable';
import { checkCompression } from './decodeBlock';
import { describeChannels } from './describeChannels';
import type { PageLayout } from './PageLayout';
import { pixelTypeForKind } from './sampleKind';
import { planImageJ } from './planImageJ';
import { planOme } from './planOme';
import { planPages } from './planPages';
import { planShaped } from './planShaped';
import { readFirstPage } from './readFirstPage';
import { readLevels } from './readLevels';
import { fileSet, missingSiblings, siblingsMissing } from './siblingFiles';
import type { FileSet } from './siblingFiles';
import type { StackPlan } from './StackPlan';
import { readableShape, storedCount } from './StackPlan';
import type { TiffFile } from './TiffFile';
import { openTiffFile } from './TiffFile';
import { partlyReadable } from './tiffErrors';
import { tiffPlaneSource } from './tiffPlaneSource';

/** How the pages form a stack: as the user says, else as the file says, else one after the other. */
async function makePlan(
  file: TiffFile,
  layout: PageLayout,
  page: number,
  options: OpenOptions,
  companion: OmeDocument | null,
): Promise<StackPlan> {
  const first = await readFirstPage(file, page, options.signal);
  const { description } = first;
  if (options.axes) return planPages(file, first.resolution, options);
  if (companion || looksLikeOme(description)) {
    const document = companion ?? (await describingDocument(parseOme(description), options));
    if (document.images.length > 0) return planOme(file, layout, document, options);
  }
  const imageJ = parseImageJDescription(description);
  if (imageJ) return planImageJ(file, first, layout, imageJ);
  return planShaped(file, first, layout) ?? planPages(file, first.resolution, options);
}

/** Refuses a file that is cut off, or plans for its readable part, as the caller wishes. */
async function keepReadable(
  file: TiffFile,
  plan: StackPlan,
  options: OpenOptions,
): Promise<StackPlan> {
  const planned = storedCount(plan.stored);
  const whole = await countReadable(file, plan, options.signal);
  const { problem } = file.chain;
  // A broken chain matters only where nothing else says how many planes there should be.
  const endsEarly = problem !== null && plan.format === 'tiff';
  if (whole === planned && !endsEarly) return plan;
  const part =
    whole === 1 ? 'only the first plane can be opened' : `the first ${whole} planes can be opened`;
  const message =
    whole < planned
      ? `This TIFF ends inside plane ${whole + 1} of ${planned}; ${whole > 0 ? part : 'none can be opened'}.`
      : `${problem?.message.replace(/\.$/u, '') ?? 'This TIFF is cut off'}; ${part}.`;
  if (!options.readablePart || whole === 0) {
    throw partlyReadable(message, whole, whole < planned ? planned : null);
  }
  const stored = readableShape(plan.stored, plan.order, whole);
  return { ...plan, stored, order: plan.order, notes: [...plan.notes, message] };
}

async function openFiles(
  file: TiffFile,
  plan: StackPlan,
  options: OpenOptions,
): Promise<{ files: FileSet; notes: string[] }> {
  const missing = await missingSiblings(plan.siblings, options.resolveSibling);
  if (missing.length > 0 && !options.readablePart) throw siblingsMissing(missing);
  const notes = missing.map((name) => `The file "${name}" is missing; its planes cannot be read.`);
  return { files: fileSet(file, plan.siblings, options.resolveSibling), notes: notes.slice(0, 3) };
}

function readHistory(
  text: string | null,
  options: OpenOptions,
): { history: History; notes: string[] } {
  if (text === null || !options.parseHistory) return { history: EMPTY_HISTORY, notes: [] };
  try {
    return { history: options.parseHistory(text), notes: [] };
  } catch {
    return {
      history: EMPTY_HISTORY,
      notes: ['The history inside the file could not be understood.'],
    };
  }
}

/** The first page that is an image of its own, not a thumbnail or mask. */
function firstImagePage(file: TiffFile): number {
  const { kinds, auxiliaryKinds } = file.chain;
  return Math.max(
    0,
    kinds.findIndex((kind) => !auxiliaryKinds[kind]),
  );
}

/**
 * Opens a TIFF or BigTIFF as a stack (t, c, z, y, x): OME-TIFF and ImageJ hyperstacks as they
 * describe themselves, others page by page. Reads the directories only; pixels come when they are
 * asked for. Samples of a pixel (RGB) become channels.
 *
 * The stack owns `bytes` from then on; when opening fails, the caller still does.
 *
 * @param companion what describes the pages in place of the text in the first one
 * @throws AxialError `DamagedFileError` for files that are cut off or contradict themselves,
 *   `UnsupportedFileError` for kinds that Axial does not read, `UsageError` for options that do not fit
 */
export async function openTiff(
  bytes: ByteSource,
  options: OpenOptions = {},
  companion: OmeDocument | null = null,
): Promise<OpenedImage> {
  const { signal } = options;
  const file = await openTiffFile(bytes, signal);
  const page = firstImagePage(file);
  const planned = await makePlan(file, await file.layout(page, signal), page, options, companion);
  const plan = await keepReadable(file, planned, options);
  const { files, notes: fileNotes } = await openFiles(file, plan, options);
  const place = plan.place(0);
  const layout = await (
    await files.file(place.file, signal)
  ).layout(Math.max(place.page, 0), signal);
  checkCompression(layout);
  const { pixelType, note } = pixelTypeForKind(layout.kind);
  const shape: StackShape = {
    ...plan.stored,
    c: plan.stored.c * layout.samplesPerPixel,
    y: layout.height,
    x: layout.width,
  };
  const { calibration, valueMapping, historyText } = plan.calibrate(shape);
  const channels = describeChannels(layout, calibration, shape.c);
  const { history, notes: historyNotes } = readHistory(historyText, options);
  const { levels, notes: levelNotes } = await readLevels(
    await files.file(place.file, signal),
    layout,
    signal,
  );
  return {
    name: bytes.name,
    format: plan.format,
    files: [bytes.name, ...plan.siblings],
    shape,
    pixelType,
    calibration: channels.calibration,
    history,
    valueMapping,
    notes: [
      ...(note ? [note] : []),
      ...plan.notes,
      ...channels.notes,
      ...fileNotes,
      ...levelNotes,
      ...historyNotes,
    ],
    source: tiffPlaneSource({
      files,
      plan: planned === plan ? plan : { ...plan, place: planned.place, stored: planned.stored },
      shape,
      samplesPerPixel: layout.samplesPerPixel,
      kind: layout.kind,
      pixelType,
      levels,
    }),
  };
}
