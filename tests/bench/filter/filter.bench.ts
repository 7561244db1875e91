import { benchSideBySide } from '#tests/bench/sideBySide';

const large = { width: 2048, height: 2048, peer: 'scipy' };
const small = { width: 512, height: 512, peer: 'scipy' };

benchSideBySide('filters beside scipy', [
  { ...large, job: 'blur 2' },
  { ...large, job: 'blur 20' },
  { ...small, job: 'median 1' },
  { ...small, job: 'median 3' },
  { ...small, job: 'median 15' },
]);
