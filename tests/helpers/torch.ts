import { execFileSync } from 'node:child_process';

/** The Python that has PyTorch. */
export const torchPython = process.env['AXIAL_TORCH_PYTHON'] ?? '/usr/bin/python3';

function imports(): boolean {
  try {
    execFileSync(torchPython, ['-c', 'import torch, numpy, scipy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether PyTorch is there. */
export const hasTorch = imports();

/** Behind the name of tests that are skipped without it. */
export const torchNeeded = hasTorch ? '' : ' (needs a Python with torch: set AXIAL_TORCH_PYTHON)';
