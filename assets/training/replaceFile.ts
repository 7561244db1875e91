import { rename, writeFile } from 'node:fs/promises';

/** Writes a file beside its place and moves it there: readers see the old file or the complete new one. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, content);
  await rename(part, file);
}
