import { z } from 'zod';
import type { WireError } from '#core/command/wireError';
import type { AxialErrorTag } from '#core/util/errors';

const TAGS = [
  'UsageError',
  'DamagedFileError',
  'UnsupportedFileError',
  'FileAccessError',
  'ImpossibleRequestError',
  'DeviceError',
  'CancelledError',
] as const satisfies readonly AxialErrorTag[];

/** A failure as it crosses a process border; `core/command/wireError.ts` writes and revives it. */
export const wireErrorSchema: z.ZodType<WireError> = z.strictObject({
  tag: z.enum([...TAGS, 'Bug']),
  message: z.string(),
  remedy: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  causes: z.array(z.string()),
});
