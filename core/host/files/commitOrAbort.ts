import type { ByteSink } from '#core/io/ByteSink';

/** Runs `write` and makes what it wrote visible, or leaves the destination untouched. */
export async function commitOrAbort(sink: ByteSink, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    // The first failure is the one that explains; one while tidying up would hide it.
    await sink.abort().catch(() => undefined);
    throw error;
  }
  await sink.commit();
}
