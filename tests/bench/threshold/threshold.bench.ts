import { benchSideBySide } from '#tests/bench/sideBySide';

const size = { width: 2048, height: 2048, peer: 'scikit-image' };

benchSideBySide(
  'thresholds beside scikit-image',
  ['triangle', 'otsu', 'li', 'yen'].map((method) => ({ ...size, job: `threshold ${method}` })),
);
