import { z } from 'zod';
import {
  ENGINE_METHODS,
  engineEventSchema,
  pixelHeaderSchema,
  progressSchema,
} from './engineSchemas';
import { wireErrorSchema } from './wireError';

/*
 * [Note: pixels on the port]
 * Pixels go from the engine to the page as copies of 2 MiB each, with at most PIXEL_WINDOW of them
 * unanswered. A view over a larger buffer would drag its whole buffer along with every message,
 * a transferred ArrayBuffer is lost between processes, and one big message stalls the page.
 */

/** Bytes of one pixel message. */
export const PIXEL_CHUNK_BYTES = 2 * 1024 * 1024;

/** How many pixel messages may be on their way before the page has confirmed one. */
export const PIXEL_WINDOW = 4;

const id = z.number().int().min(1);

/** What the page sends. */
export const toEngineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('request'),
    id,
    method: z.enum(ENGINE_METHODS),
    input: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('cancel'), id }),
  /** Confirms one pixel message of request `id`. */
  z.strictObject({ kind: z.literal('received'), id }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

/** What the engine sends. */
export const toPageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reply'), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('failure'), id, error: wireErrorSchema }),
  z.strictObject({ kind: z.literal('progress'), id, progress: progressSchema }),
  z.strictObject({ kind: z.literal('event'), event: engineEventSchema }),
  z.strictObject({ kind: z.literal('pixels'), id, header: pixelHeaderSchema }),
  z.strictObject({
    kind: z.literal('chunk'),
    id,
    index: z.number().int().min(0),
    bytes: z.instanceof(Uint8Array),
  }),
]);
export type ToPage = z.infer<typeof toPageSchema>;

/** One end of a channel, whichever kind of port carries it. */
export interface Port {
  send(message: ToEngine | ToPage): void;
  /** Sets the one listener and starts delivery. */
  listen(listener: (message: unknown) => void): void;
  close(): void;
}
