import { execFileSync } from 'node:child_process';

/** Whether bioimageio.core can be run here, and what to add to the name of a test that needs it. */
export const hasModelZoo = ((): { readonly able: boolean; readonly needed: string } => {
  const able = isThere(process.env['AXIAL_PYTHON']);
  const needed = able ? '' : ' (needs bioimageio.core in AXIAL_PYTHON: npm test sets it up)';
  return { able, needed };
})();

function isThere(python: string | undefined): boolean {
  if (!python) return false;
  try {
    execFileSync(python, ['-c', 'import bioimageio.core, onnxruntime'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
