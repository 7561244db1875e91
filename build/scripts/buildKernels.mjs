// Compiles kernels/ to WebAssembly and writes it into core/util/simd/kernelModule.ts.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import asc from 'assemblyscript/asc';
import { root } from './paths.mjs';

const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noExportMemory'];

/** The text of core/util/simd/kernelModule.ts for the kernels as they are now. */
export async function kernelModuleText() {
  const { error, stdout, stderr, binary } = await compiled();
  if (error) throw new Error(`${stdout}${stderr}`, { cause: error });
  return [
    '/** The compiled kernels/, made by build/scripts/buildKernels.mjs; base64. */',
    'export const KERNEL_MODULE =',
    `  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
}

async function compiled() {
  let binary = new Uint8Array();
  const result = await asc.main(
    [
      'index.ts',
      '--baseDir',
      join(root, 'kernels'),
      '--outFile',
      'kernels.wasm',
      '-O3',
      '--noAssert',
      ...OPTIONS,
    ],
    { writeFile: (name, contents) => void (name.endsWith('.wasm') && (binary = contents)) },
  );
  return { ...result, binary };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(root, 'core', 'util', 'simd', 'kernelModule.ts'), await kernelModuleText());
}
