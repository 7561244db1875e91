// Compiles kernels/ to WebAssembly and writes it into core/util/simd/kernelModule.ts; with --check it
// fails when they compile to something else.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { root } from './paths.mjs';

const OPTIONS = ['--runtime', 'stub', '--enable', 'simd', '--importMemory', '--noExportMemory'];

/** The text of core/util/simd/kernelModule.ts for the kernels as they are now. */
async function kernelModuleText() {
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

const path = join(root, 'core', 'util', 'simd', 'kernelModule.ts');
const text = await kernelModuleText();
if (!process.argv.includes('--check')) writeFileSync(path, text);
else if (readFileSync(path, 'utf8') !== text) {
  throw new Error(
    'core/util/simd/kernelModule.ts is not what kernels/ compile to; build them again.',
  );
}
