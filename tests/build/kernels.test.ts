import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('compiles kernels/ to what core/util/simd holds', () => {
  const check = () => execFileSync(process.execPath, ['build/scripts/buildKernels.mjs', '--check']);
  expect(check).not.toThrow();
});
