import { existsSync, readdirSync } from 'node:fs';
import type { OnnxProvider } from './onnxSession';

/** Graphics processors that are worth a try without being asked for, and else why there is none. */
export interface LikelyProcessors {
  readonly providers: readonly OnnxProvider[];
  readonly missingBecause: string | null;
}

/**
 * What `auto` tries, in this order. CUDA is not among them: it needs libraries that have to be installed by hand, and
 * the same processors do WebGPU.
 *
 * @param hasNode whether a graphics device shows among the files of a Linux system
 */
export function likelyProcessors(
  platform: NodeJS.Platform = process.platform,
  hasNode: () => boolean = hasGraphicsNode,
): LikelyProcessors {
  if (platform === 'win32') return { providers: ['webgpu', 'dml'], missingBecause: null };
  if (platform === 'darwin') return { providers: ['webgpu', 'coreml'], missingBecause: null };
  // Asked for in vain, WebGPU would complain on the terminal.
  if (hasNode()) return { providers: ['webgpu'], missingBecause: null };
  return { providers: [], missingBecause: 'This machine shows none.' };
}

function hasGraphicsNode(): boolean {
  if (existsSync('/dev/nvidia0') || existsSync('/dev/dxg')) return true;
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  } catch {
    return false;
  }
}
