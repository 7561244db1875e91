import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createFileAccess } from '#core/host/files/createFileAccess';
import { listImageFiles } from '#core/host/files/listImageFiles';

const folder = mkdtempSync(join(tmpdir(), 'axial-list-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of ['z10.tif', 'z9.tif', 'Z1.TIFF', 'a.png', '.z2.tif.1-2.partial', 'notes.txt']) {
  writeFileSync(join(folder, name), '');
}
mkdirSync(join(folder, 'empty'));

const names = async (path: string) => (await listImageFiles(path)).map((file) => basename(file));

describe('listImageFiles', () => {
  it('finds the images of a folder or pattern in natural order, without hidden files', async () => {
    expect(await names(folder)).toEqual(['a.png', 'Z1.TIFF', 'z9.tif', 'z10.tif']);
    expect(await names(join(folder, 'z*.tif'))).toEqual(['z9.tif', 'z10.tif']);
    expect(await names(join(folder, '*partial*')).catch(() => [])).toEqual([]);
    await expect(listImageFiles(join(folder, 'empty'))).rejects.toThrow(/no image file/u);
  });

  it.skipIf(process.platform === 'win32')('says what is neither a file nor a folder', async () => {
    await expect(listImageFiles('/dev/null')).rejects.toMatchObject({
      tag: 'FileAccessError',
      message: 'Cannot read /dev/null: it is neither a file nor a folder.',
    });
  });

  it.skipIf(process.platform === 'win32')(
    'says that a link leads nowhere but to itself',
    async () => {
      const link = join(folder, 'loop.tif');
      symlinkSync('loop.tif', link);
      await expect(createFileAccess().open(link)).rejects.toThrow(/leads back to itself/u);
      rmSync(link);
    },
  );
});
