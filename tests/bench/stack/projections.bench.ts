import { benchSideBySide } from '#tests/bench/sideBySide';

const stack = { width: 1024, height: 1024, planes: 32, peer: 'numpy' };

benchSideBySide(
  'projections beside numpy',
  ['max', 'mean', 'std', 'median'].map((method) => ({ ...stack, job: `project ${method}` })),
);
