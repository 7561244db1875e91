import { KERNEL_MODULE } from './kernelModule';
import type { Kernels } from './Kernels';

/** A place in the memory of kernels for numbers of one type. */
export interface SimdArray<T> {
  /** Address of the first number, in bytes. */
  readonly at: number;
  readonly values: T;
}

type Kind = 'uint16' | 'float32' | 'float64';
interface Arrays {
  uint16: Uint16Array<ArrayBuffer>;
  float32: Float32Array<ArrayBuffer>;
  float64: Float64Array<ArrayBuffer>;
}

/** Kinds and lengths of arrays, by name. */
type Layout = { readonly [name: string]: readonly [Kind, number] };

/** Arrays in one memory, and the kernels that work on it. */
export interface SimdWorkspace<L extends Layout> {
  readonly kernels: Kernels;
  readonly arrays: { readonly [K in keyof L]: SimdArray<Arrays[L[K][0]]> };
}

const PAGE_BYTES = 65_536;
const TYPES = { uint16: Uint16Array, float32: Float32Array, float64: Float64Array } as const;
/** Arrays begin at multiples of this. */
const ALIGNMENT_BYTES = 64;

/** Numbers that kernels need for a line of `width` single-precision numbers; see kernels/lines.ts. */
export function lineRoom(width: number): number {
  return 4 * Math.ceil(width / 4) + 12;
}

let compiled: WebAssembly.Module | null = null;

/**
 * Lays out arrays, filled with 0, in a memory of their own, for kernels with SIMD instructions. The arrays
 * cannot move to another thread: results are copied out of them.
 *
 * @param layout kind and length of each array
 */
export function simdWorkspace<const L extends Layout>(layout: L): SimdWorkspace<L> {
  compiled ??= new WebAssembly.Module(kernelBytes());
  const places = Object.entries(layout).map(([name, [kind, length]]) => ({ name, kind, length }));
  const bytes = places.reduce((sum, place) => sum + paddedBytes(place), 0);
  const memory = new WebAssembly.Memory({ initial: Math.max(1, Math.ceil(bytes / PAGE_BYTES)) });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  let at = 0;
  const arrays = places.map((place) => {
    const { name, kind, length } = place;
    const array = { at, values: new TYPES[kind](memory.buffer, at, length) };
    at += paddedBytes(place);
    return [name, array];
  });
  return {
    kernels: exports as unknown as Kernels,
    arrays: Object.fromEntries(arrays) as SimdWorkspace<L>['arrays'],
  };
}

function paddedBytes({ kind, length }: { kind: Kind; length: number }): number {
  const bytes = length * TYPES[kind].BYTES_PER_ELEMENT;
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(KERNEL_MODULE), (character) => character.charCodeAt(0));
}
