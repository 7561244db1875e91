import { benchSideBySide } from '#tests/bench/sideBySide';

benchSideBySide('normalisation beside numpy', [
  { job: 'normalise', peer: 'scikit-image, numpy', width: 2048, height: 2048 },
]);
