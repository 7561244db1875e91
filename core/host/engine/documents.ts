import { setImmediate } from 'node:timers/promises';
import { zPositionsUm } from '#core/image/Calibration';
import type { ImageStack } from '#core/image/ImageStack';
import { cropPixels } from '#core/image/cropPixels';
import type { PixelArray } from '#core/image/PixelType';
import type { PlaneIndex, PlaneReadOptions, PlaneSource } from '#core/image/PlaneSource';
import type { DocumentSummary } from '#core/command/engineApi';
import { freeName } from '#core/command/mergeHistories';
import { printMacro } from '#core/command/printMacro';
import { AxialError } from '#core/util/errors';
import { untilAborted } from '#core/util/untilAborted';
import type { PlaneCache } from './planeCache';

/** An open image. `stack` reads through the engine's cache. */
export interface Document {
  readonly id: string;
  /** What the recorded macro calls it. */
  variable: string;
  stack: ImageStack;
  path: string | null;
  unsaved: boolean;
  /** Whether it is only looked at through a dialog, and listed nowhere. */
  readonly hidden: boolean;
  /** Whether planes are computed when asked for, rather than read. */
  readonly computed: boolean;
  readyPlanes: number;
}

/** What the engine knows of a stack when it becomes a document. */
export interface NewDocument {
  readonly path: string | null;
  readonly outputName: string;
  /** @default false */
  readonly hidden?: boolean;
}

/** The open images by id, in the order they were opened. */
export interface Documents {
  add(stack: ImageStack, options: NewDocument): Document;
  /** Gives a document other facts about the samples that it has. */
  describe(document: Document, stack: ImageStack, outputName: string): void;
  get(id: string): Document;
  list(): Document[];
  close(id: string): Promise<void>;
  isReady(document: Document, index: PlaneIndex): boolean;
}

/**
 * An empty set of documents whose planes are kept in `cache`.
 *
 * @param keepsResults whether planes that are computed are kept too: a window shows them again
 */
export function createDocuments(cache: PlaneCache, keepsResults: boolean): Documents {
  const documents = new Map<string, Document>();
  const variables = new Set<string>();
  const closed: PlaneSource[] = [];
  let nextId = 1;
  return {
    add(stack, { path, outputName, hidden = false }) {
      const id = `d${nextId++}`;
      const computed = path === null;
      const document: Document = {
        id,
        variable: hidden ? outputName : freeName(outputName, variables),
        hidden,
        stack:
          computed && !keepsResults
            ? stack
            : { ...stack, source: cachedSource(stack.source, id, cache) },
        path,
        unsaved: computed,
        computed,
        readyPlanes: computed ? 0 : planeCount(stack),
      };
      documents.set(id, document);
      return document;
    },
    describe(document, stack, outputName) {
      document.variable = freeName(outputName, variables);
      document.stack = { ...stack, source: document.stack.source };
      document.unsaved = true;
    },
    get(id) {
      const document = documents.get(id);
      if (document) return document;
      throw new AxialError('ImpossibleRequestError', 'That image was closed.', 'Open it again.', {
        details: { document: id },
      });
    },
    list: () => [...documents.values()].filter(({ hidden }) => !hidden),
    async close(id) {
      const document = documents.get(id);
      if (!document) return;
      documents.delete(id);
      cache.drop(`${id}/`);
      // Results read through the sources they were made from, so files stay open while any image is.
      closed.push(document.stack.source);
      if (documents.size > 0) return;
      await Promise.all(closed.splice(0).map((source) => source.close()));
    },
    isReady: (document, index) => !document.computed || cache.has(planeKey(document.id, index, 0)),
  };
}

/** Number of planes over all time points and channels. */
export function planeCount(stack: ImageStack): number {
  return stack.shape.t * stack.shape.c * stack.shape.z;
}

/** What the window shows of a document. */
export function summarise(document: Document): DocumentSummary {
  const { stack } = document;
  return {
    id: document.id,
    name: stack.name,
    path: document.path,
    unsaved: document.unsaved,
    shape: stack.shape,
    pixelType: stack.pixelType,
    calibration: stack.calibration,
    zPositionsUm: zPositionsUm(stack.calibration, stack.shape.z),
    valueMapping: stack.valueMapping,
    levels: stack.source.levels,
    notes: stack.notes,
    history: printMacro(stack.history),
    readyPlanes: document.readyPlanes,
  };
}

function planeKey(id: string, { t, c, z }: PlaneIndex, level: number): string {
  return `${id}/${level}/${t}/${c}/${z}`;
}

/** Whole planes go through the cache; a region comes out of a cached plane or straight from the source. */
function cachedSource(source: PlaneSource, id: string, cache: PlaneCache): PlaneSource {
  const readWhole = (index: PlaneIndex, options: PlaneReadOptions): Promise<PixelArray> => {
    const level = options.level ?? 0;
    // The plane may be shared with another reader, so one reader's cancelling must not end it.
    const shared = cache.get(planeKey(id, index, level), () => source.read(index, { level }));
    return untilAborted(shared, options.signal);
  };
  return {
    levels: source.levels,
    async read(index, options = {}) {
      // Planes in memory are there at once; a loop over them must still hear of Ctrl-C.
      await setImmediate();
      options.signal?.throwIfAborted();
      const level = options.level ?? 0;
      const { region } = options;
      if (region && !cache.has(planeKey(id, index, level))) return source.read(index, options);
      const pixels = await readWhole(index, options);
      if (region) return cropPixels(pixels, source.levels[level], region);
      return options.lend ? pixels : pixels.slice();
    },
    close: () => source.close(),
  };
}
