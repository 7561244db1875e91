import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readZip } from '#core/host/files/readZip';

/** An archive as Python's zipfile writes it, with one file stored and one deflated. */
function pythonArchive(): Buffer<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'axial-zip-'));
  const path = join(folder, 'a.zip');
  const script = `import zipfile
with zipfile.ZipFile(${JSON.stringify(path)}, "w") as z:
    z.writestr("model/rdf.yaml", "type: model")
    z.writestr("model/net.onnx", b"abc" * 1000, zipfile.ZIP_DEFLATED)
    z.comment = b"with a comment"`;
  execFileSync('python3', ['-c', script]);
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

describe('readZip', () => {
  const archive = pythonArchive();

  it('reads stored and deflated files of an archive with a comment', async () => {
    const files = await readZip(archive);
    expect([...files.keys()]).toEqual(['model/rdf.yaml', 'model/net.onnx']);
    expect((await files.get('model/rdf.yaml')?.())?.toString()).toBe('type: model');
    expect((await files.get('model/net.onnx')?.())?.toString()).toBe('abc'.repeat(1000));
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['no archive', Buffer.from('no archive at all, but as long as one might be')],
    ['cut off', archive.subarray(0, archive.length - 60)],
    ['cut off at its start', archive.subarray(60)],
    ['changed by one byte', changedAt(archive, archive.indexOf('type: model') + 3)],
  ])('says so when a file is %s', async (_, bytes) => {
    const all = readZip(bytes).then((files) =>
      Promise.all([...files.values()].map((unpack) => unpack())),
    );
    await expect(all).rejects.toMatchObject({ tag: 'DamagedFileError' });
  });
});

function changedAt(bytes: Buffer<ArrayBuffer>, at: number): Buffer<ArrayBuffer> {
  const changed = Buffer.from(bytes);
  changed[at] = changed[at]! ^ 1;
  return changed;
}
