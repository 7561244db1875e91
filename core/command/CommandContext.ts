import type { History } from '#core/image/History';
import type { ImageStack } from '#core/image/ImageStack';
import type { PixelType } from '#core/image/PixelType';
import type { OpenOptions } from '#core/io/OpenOptions';
import type { TaskRunner } from './TaskRunner';
import type { ModelLibrary } from './ModelLibrary';

/** How far a command is. */
export interface Progress {
  /** 0 to 1, or `null` while the amount of work is unknown. */
  readonly fraction: number | null;
  /** What is being done, in a few words: "Aligning plane 12 of 61". */
  readonly step: string;
}

/** How a file is opened; everything has a default. */
export type FileOpenOptions = Pick<OpenOptions, 'readablePart' | 'axes' | 'sizes' | 'signal'>;

/** How a stack is written; everything has a default. */
export interface SaveOptions {
  /** @default by the extension: .ome.tif or .tif */
  readonly format?: 'ome-tiff' | 'imagej-tiff';
  /** @default 'none' */
  readonly compression?: 'none' | 'deflate';
  /** Whether planes that an interrupted save of the same stack left are used again. @default false */
  readonly resume?: boolean;
  /** Told how many planes were found that need not be computed again. */
  readonly onResumed?: (found: number, total: number) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** Files as commands see them. Paths are the host's; relative ones start at its working folder. */
export interface FileAccess {
  /** Opens a file, folder or glob as a stack; reads its directory only. */
  open(path: string, options?: FileOpenOptions): Promise<ImageStack>;
  /** Writes a stack; the destination keeps its old content until the new one is complete. */
  save(stack: ImageStack, path: string, options?: SaveOptions): Promise<void>;
  /** Writes text in the same all-or-nothing way. */
  saveText(path: string, text: string): Promise<void>;
  /** `path` when it exists, else the file of the same name in the folder of `beside` when that exists, else `path`. */
  locate(path: string, beside: string): Promise<string>;
  readText(path: string): Promise<string>;
  /**
   * SHA-256 of the file, hexadecimal. For a folder or glob, of its files in order.
   * `onProgress` hears the part of the bytes that was read, 0 to 1.
   */
  checksum(
    path: string,
    signal?: AbortSignal,
    onProgress?: (fraction: number) => void,
  ): Promise<string>;
}

/** What a command may use besides its inputs and parameters. */
export interface CommandContext {
  readonly signal: AbortSignal;
  /** Runs pure plane functions, on worker threads where the host has them. */
  readonly tasks: TaskRunner;
  readonly files: FileAccess;
  readonly models: ModelLibrary;
  /** Folder of the sample stacks that are shipped. */
  readonly samplesFolder: string;
  progress(progress: Progress): void;
  /** A fact that the user should read: a flagged plane, a stated fallback. */
  note(text: string): void;
  /** Runs the calls of a macro and gives the stack that it returns. */
  play(macro: History): Promise<ImageStack | null>;
  /** Looks whether everything that Axial needs works here. */
  diagnose(): Promise<readonly DiagnosisItem[]>;
}

/** One thing that was looked at by `diagnose`. */
export interface DiagnosisItem {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  /** What to do when it is not well; empty when it is. */
  readonly remedy: string;
}

/** Pixel types that a stack can be converted to. */
export const PIXEL_TYPES = ['uint8', 'uint16', 'float32'] as const satisfies readonly PixelType[];
