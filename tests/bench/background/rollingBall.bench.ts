import { benchSideBySide } from '#tests/bench/sideBySide';

benchSideBySide('rolling ball beside scikit-image', [
  { job: 'rolling-ball 10', peer: 'scikit-image', width: 512, height: 512 },
  { job: 'rolling-ball 30', peer: 'scikit-image', width: 512, height: 512 },
]);
