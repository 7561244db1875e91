import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { ImageStack } from '#core/image/ImageStack';
import { mapPlanes } from '#core/image/mapPlanes';
import type { PixelArray } from '#core/image/PixelType';
import { allocatePixels } from '#core/image/PixelType';
import type { PlaneIndex } from '#core/image/PlaneSource';
import { bytesOf } from '#core/io/tiff/encodePlane';
import { partialOmeTiff, type PartialOmeTiff } from '#core/io/tiff/partialOmeTiff';
import { HOST_LITTLE_ENDIAN, swapBytes } from '#core/io/tiff/swapBytes';
import { AxialError } from '#core/util/errors';
import { AXIAL_VERSION } from '#core/util/version';
import { fileAccessError } from './fileAccessError';

/** A stack whose planes are kept in a file as they are computed. */
export interface PlaneCheckpoints {
  /** Reads kept planes from the file and computes the others. */
  readonly stack: ImageStack;
  /** Planes that an earlier run left and that are not computed again. */
  readonly found: number;
  /** Planes of the whole stack. */
  readonly total: number;
  /** Planes that are in the file now. */
  readonly kept: number;
  close(): Promise<void>;
  /** Closes and deletes the file: its planes are safe elsewhere. */
  remove(): Promise<void>;
}

/** How planes are kept. */
export interface CheckpointOptions {
  readonly path: string;
  /** The macro that makes the stack, with the checksums of everything that it starts from. */
  readonly historyText: string | null;
  /** Whether planes that an earlier run left are used again; otherwise they are dropped. */
  readonly resume: boolean;
}

/** Behind each plane: whose it is, and that it is whole. Two SHA-256 in bytes. */
const SEAL_BYTES = 64;

/**
 * Keeps every plane of a stack in a file at `path` as soon as it is computed, so that the work survives
 * cancelling, a crash or a full disk. The file is a readable OME-TIFF at every moment. A kept plane is
 * used again only when it was made by the same macro from the same files with the same model, and when
 * its samples are as they were written.
 *
 * @throws AxialError FileAccessError when the file cannot be opened or written
 */
export async function planeCheckpoints(
  stack: ImageStack,
  options: CheckpointOptions,
): Promise<PlaneCheckpoints> {
  const { path, historyText, resume } = options;
  const layout = partialOmeTiff(stack, historyText, SEAL_BYTES);
  const owner = sha256(new TextEncoder().encode(ownerText(stack, historyText)));
  const guarded = guard(path);
  const handle = await guarded(() => openFile(path, resume));
  const file = new CheckpointFile(handle, layout, owner);
  if (!(await guarded(() => file.claim()))) {
    await handle.close();
    throw otherOwner(path);
  }
  const found = file.kept.size;
  const pageOf = ({ t, c, z }: PlaneIndex): number => (t * stack.shape.c + c) * stack.shape.z + z;
  const read = async (index: PlaneIndex, signal?: AbortSignal): Promise<PixelArray> => {
    const page = pageOf(index);
    const known = await guarded(() => file.read(page, stack));
    if (known) return known;
    const pixels = await stack.source.read(index, signal ? { signal } : {});
    await guarded(() => file.keep(page, pixels));
    return pixels;
  };
  return {
    stack: mapPlanes(stack, read),
    found,
    total: layout.planeCount,
    get kept() {
      return file.kept.size;
    },
    close: () => handle.close(),
    remove: async () => {
      await handle.close();
      await rm(path, { force: true });
    },
  };
}

function guard(path: string): <T>(work: () => Promise<T>) => Promise<T> {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      throw fileAccessError('write', path, error);
    }
  };
}

async function openFile(path: string, resume: boolean): Promise<FileHandle> {
  if (!resume) await rm(path, { force: true });
  return open(path, resume ? 'a+' : 'w+').then(async (created) => {
    // Appending would ignore positions.
    await created.close();
    return open(path, 'r+');
  });
}

function otherOwner(path: string): AxialError {
  return new AxialError(
    'ImpossibleRequestError',
    `${path} was left by a run with other inputs, another model or other parameters.`,
    'Repeat the call that was interrupted as it was, or leave out --resume to start again.',
    { details: { path } },
  );
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** What has to be equal for planes to be equal. */
function ownerText(
  { shape, pixelType, calibration, notes }: ImageStack,
  text: string | null,
): string {
  return JSON.stringify([AXIAL_VERSION, shape, pixelType, calibration, notes, text]);
}

/** The planes in one file. */
class CheckpointFile {
  readonly kept = new Set<number>();
  readonly #handle: FileHandle;
  readonly #layout: PartialOmeTiff;
  readonly #owner: Buffer;
  /** Planes from the first one on that the file shows. */
  #lead = 0;
  #writing: Promise<void> = Promise.resolve();

  constructor(handle: FileHandle, layout: PartialOmeTiff, owner: Buffer) {
    this.#handle = handle;
    this.#layout = layout;
    this.#owner = owner;
  }

  /**
   * Marks a fresh file as its own, or finds the planes that an earlier run left, whose samples are
   * checked when they are read.
   *
   * @returns false when the file belongs to a stack that was made in another way
   */
  async claim(): Promise<boolean> {
    const before = await this.#bytes(this.#layout.ownerAt, this.#owner.length);
    if (before === null) await this.#write(this.#layout.ownerAt, this.#owner);
    else if (!before.equals(this.#owner)) return false;
    for (let page = 0; page < this.#layout.planeCount; page++) {
      const seal = await this.#bytes(this.#layout.sealAt(page), SEAL_BYTES);
      if (seal?.subarray(0, this.#owner.length).equals(this.#owner)) this.kept.add(page);
    }
    return true;
  }

  /** A kept plane, `null` when there is none or its samples were damaged. */
  async read(page: number, { pixelType, shape }: ImageStack): Promise<PixelArray | null> {
    if (!this.kept.has(page)) return null;
    const bytes = await this.#bytes(this.#layout.pixelsAt(page), this.#layout.planeBytes);
    const seal = await this.#bytes(this.#layout.sealAt(page), SEAL_BYTES);
    if (!bytes || !seal?.equals(this.#seal(bytes))) {
      this.kept.delete(page);
      return null;
    }
    const pixels = allocatePixels(pixelType, shape.x * shape.y);
    bytesOf(pixels).set(bytes);
    if (!HOST_LITTLE_ENDIAN) swapBytes(bytesOf(pixels), pixels.BYTES_PER_ELEMENT);
    await this.#inTurn(() => this.#show());
    return pixels;
  }

  /** Writes a plane and shows it when all before it are there. One plane is written at a time. */
  keep(page: number, pixels: PixelArray): Promise<void> {
    const bytes = bytesOf(HOST_LITTLE_ENDIAN ? pixels : pixels.slice());
    if (!HOST_LITTLE_ENDIAN) swapBytes(bytes, pixels.BYTES_PER_ELEMENT);
    const seal = this.#seal(bytes);
    return this.#inTurn(async () => {
      await this.#write(this.#layout.pixelsAt(page), bytes);
      await this.#write(this.#layout.sealAt(page), seal);
      this.kept.add(page);
      await this.#show();
    });
  }

  /** One writes at a time; after a failure nobody does. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(work);
    return this.#writing;
  }

  async #show(): Promise<void> {
    while (this.kept.has(this.#lead)) {
      this.#lead++;
      for (const { at, bytes } of this.#layout.links(this.#lead)) await this.#write(at, bytes);
    }
  }

  #seal(bytes: Uint8Array): Buffer {
    return Buffer.concat([this.#owner, sha256(bytes)]);
  }

  async #write(at: number, bytes: Uint8Array): Promise<void> {
    let written = 0;
    while (written < bytes.length) {
      const part = await this.#handle.write(bytes, written, bytes.length - written, at + written);
      written += part.bytesWritten;
    }
  }

  /** `null` where the file ends before. */
  async #bytes(at: number, length: number): Promise<Buffer | null> {
    const buffer = Buffer.alloc(length);
    let read = 0;
    while (read < length) {
      const { bytesRead } = await this.#handle.read(buffer, read, length - read, at + read);
      if (bytesRead === 0) return null;
      read += bytesRead;
    }
    return buffer;
  }
}
