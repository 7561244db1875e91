import { readFileSync } from 'node:fs';
import type { Plane } from '#core/image/Plane';

const FOLDER = 'tests/fixtures/algorithms';

/** What other programs gave for the images beside it; see tests/fixtures/README.md. */
export interface PreprocessingFixtures {
  readonly complexDaubechies: Record<string, { re: number[]; im: number[] }>;
  readonly triangle: readonly {
    readonly image: { readonly file: string };
    readonly fiji_threshold: number;
    readonly skimage_uint16: number;
    readonly skimage_float256?: number;
    readonly background_mean?: number;
    readonly median?: number;
    readonly p99_foreground_linear?: number;
    readonly p99_foreground_index_floor?: number;
    readonly n_foreground?: number;
  }[];
  readonly metrics: Record<string, number>;
  readonly edf: readonly { mode: string; psnr: number; height_mae: number }[];
}

/** The figures of the fixtures. */
export function preprocessingFixtures(): PreprocessingFixtures {
  return JSON.parse(readFileSync(`${FOLDER}/preprocessing.json`, 'utf8')) as PreprocessingFixtures;
}

function bytesOf(file: string): ArrayBuffer {
  return new Uint8Array(readFileSync(`${FOLDER}/${file}`)).buffer;
}

/** Float32 samples of a fixture. */
export function float32Fixture(file: string): Float32Array<ArrayBuffer> {
  return new Float32Array(bytesOf(file));
}

/** Unsigned 8-bit samples of a fixture. */
export function uint8Fixture(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytesOf(file));
}

/** Unsigned 16-bit samples of a fixture. */
export function uint16Fixture(file: string): Uint16Array<ArrayBuffer> {
  return new Uint16Array(bytesOf(file));
}

/** The ten planes of 128 x 128 pixels that the fusions of the fixtures saw. */
export function edfFixtureStack(): Plane[] {
  const side = 128;
  const samples = float32Fixture('edf_stack.raw');
  return Array.from({ length: 10 }, (_, z) => ({
    width: side,
    height: side,
    data: samples.slice(z * side * side, (z + 1) * side * side),
  }));
}
