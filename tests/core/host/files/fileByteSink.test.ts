import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileAccessError } from '#core/host/files/fileAccessError';
import { fileByteSink } from '#core/host/files/fileByteSink';
import { partialPath } from '#core/host/files/partialFile';
import { AxialError, isAxialError } from '#core/util/errors';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'axial-sink-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('fileByteSink', () => {
  it('shows nothing before commit, and everything after', async () => {
    const path = join(folder, 'a.tif');
    writeFileSync(path, 'old');
    const sink = await fileByteSink(path);
    await sink.write(4, bytesOf('world'));
    await sink.write(0, bytesOf('new '));
    expect(readFileSync(path, 'utf8')).toBe('old');
    await sink.commit();
    expect(readFileSync(path, 'utf8')).toBe('new world');
    expect(readdirSync(folder)).toEqual(['a.tif']);
  });

  it('leaves the old file, and nothing else, after abort, also when called twice', async () => {
    const path = join(folder, 'a.tif');
    writeFileSync(path, 'old');
    const sink = await fileByteSink(path);
    await sink.write(0, bytesOf('new'));
    await sink.abort();
    await sink.abort();
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.tif']);
  });

  it('leaves the old file when it is cancelled before commit has replaced it', async () => {
    const path = join(folder, 'a.tif');
    writeFileSync(path, 'old');
    const controller = new AbortController();
    const sink = await fileByteSink(path, controller.signal);
    await sink.write(0, bytesOf('new'));
    const committing = sink.commit();
    controller.abort();
    await expect(committing).rejects.toBe(controller.signal.reason);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.tif']);
  });

  it('writes a file that is flushed several times on the way', async () => {
    const path = join(folder, 'a.tif');
    const sink = await fileByteSink(path);
    const part = new Uint8Array(40 << 20);
    for (let i = 0; i < 5; i++) await sink.write(i * part.length, part.fill(i + 1));
    await sink.commit();
    const written = readFileSync(path);
    expect(written.length).toBe(5 * part.length);
    for (let i = 0; i < 5; i++) expect(written[i * part.length + 7]).toBe(i + 1);
  });

  it('writes to a hidden file in the same folder meanwhile', async () => {
    const sink = await fileByteSink(join(folder, 'a.tif'));
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^\.a\.tif\..+\.partial$/u)]);
    await sink.abort();
  });

  it('keeps the permissions of the file it replaces', async () => {
    const path = join(folder, 'a.tif');
    writeFileSync(path, 'old');
    chmodSync(path, 0o640);
    const sink = await fileByteSink(path);
    await sink.commit();
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('replaces the file that a link points to, not the link', async () => {
    mkdirSync(join(folder, 'data'));
    const real = join(folder, 'data', 'real.tif');
    const link = join(folder, 'link.tif');
    writeFileSync(real, 'old');
    symlinkSync(real, link);
    const sink = await fileByteSink(link);
    await sink.write(0, bytesOf('new'));
    await sink.commit();
    expect(readFileSync(real, 'utf8')).toBe('new');
    expect(realpathSync(link)).toBe(real);
  });

  it('removes what dead processes left for this name, and nothing of the living or of others', async () => {
    const path = join(folder, 'a.tif');
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const own = basename(partialPath(path));
    const stale = own.replace(`-${process.pid}-`, `-${dead}-`);
    const otherName = stale.replace('.a.tif.', '.b.tif.');
    const otherMachine = stale.replace(/tif\.[0-9a-f]{8}-/u, 'tif.00000000-');
    for (const name of [own, stale, otherName, otherMachine]) writeFileSync(join(folder, name), '');
    const sink = await fileByteSink(path);
    await sink.commit();
    expect(readdirSync(folder).sort()).toEqual([own, otherName, otherMachine, 'a.tif'].sort());
  });

  it('accepts the longest name that the file system does', async () => {
    const path = join(folder, `${'µ'.repeat(125)}.tif`);
    const sink = await fileByteSink(path);
    await sink.commit();
    expect(readdirSync(folder)).toEqual([basename(path)]);
  });

  it.each([
    ['a folder that is not there', () => join(folder, 'no', 'a.tif'), /no such file or folder/u],
    ['a folder', () => folder, /it is a folder/u],
    ['a device', () => '/dev/null', /no ordinary file/u],
    ['a path through a file', () => join(folder, 'file', 'a.tif'), /is a file, not a folder/u],
  ])('refuses %s, with a remedy', async (_, path, message) => {
    writeFileSync(join(folder, 'file'), '');
    const error = await failureOf(fileByteSink(path()));
    expect(isAxialError(error, 'FileAccessError')).toBe(true);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
    expect(isAxialError(error) && error.remedy).toBeTruthy();
  });

  it('says so when its file was taken away before commit, and leaves the old one', async () => {
    const path = join(folder, 'a.tif');
    writeFileSync(path, 'old');
    const sink = await fileByteSink(path);
    const [partial] = readdirSync(folder).filter((name) => name.endsWith('.partial'));
    rmSync(join(folder, partial));
    expect(isAxialError(await failureOf(sink.commit()), 'FileAccessError')).toBe(true);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(dirname(path))).toEqual(['a.tif']);
  });
});

describe('fileAccessError', () => {
  it.each(['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EIO', 'EWHATEVER'])(
    'explains %s, with a remedy and its cause',
    (code) => {
      const cause = Object.assign(new Error('system'), { code });
      const error = fileAccessError('write', '/a/b.tif', cause);
      expect(isAxialError(error, 'FileAccessError')).toBe(true);
      expect(error).toMatchObject({ cause, details: { path: '/a/b.tif', code } });
      expect(isAxialError(error) && error.remedy.length > 10).toBe(true);
    },
  );

  it('leaves alone what the system had no part in', () => {
    const bug = new RangeError('bug');
    const expected = new AxialError('UsageError', 'a', 'b');
    expect(fileAccessError('read', 'x', bug)).toBe(bug);
    expect(fileAccessError('read', 'x', expected)).toBe(expected);
    expect(fileAccessError('read', 'x', 'text')).toBe('text');
  });
});
