import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fileByteSource } from '#core/host/files/fileByteSource';

const folder = mkdtempSync(join(tmpdir(), 'axial-bytes-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'a.bin');
const content = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7) % 256);
writeFileSync(path, content);

describe('fileByteSource', () => {
  it.each([
    [0, 10],
    [100, 70_000],
    [0, 200_000],
    [199_990, 100],
    [200_000, 5],
    [300_000, 5],
  ])('reads at %i the %i bytes that are there', async (offset, length) => {
    const source = fileByteSource(path);
    expect(source).toMatchObject({ name: 'a.bin', size: 200_000 });
    expect(await source.read(offset, length)).toEqual(content.slice(offset, offset + length));
    await source.close();
  });

  it('stays correct over very many small reads', async () => {
    const source = fileByteSource(path);
    for (let i = 0; i < 3000; i++) expect((await source.read(i * 60, 1))[0]).toBe(content[i * 60]);
    await source.close();
    await source.close();
  });

  it('says why a file cannot be opened', () => {
    expect(() => fileByteSource(join(folder, 'none'))).toThrow(
      expect.objectContaining({
        name: 'FileAccessError',
        details: expect.objectContaining({ code: 'ENOENT' }),
      }),
    );
    expect(() => fileByteSource(folder)).toThrow(
      expect.objectContaining({
        name: 'FileAccessError',
        message: expect.stringContaining('folder'),
      }),
    );
  });

  it('stops when it is aborted', async () => {
    const source = fileByteSource(path);
    const controller = new AbortController();
    controller.abort();
    await expect(source.read(0, 1, controller.signal)).rejects.toThrow();
    await source.close();
  });
});
