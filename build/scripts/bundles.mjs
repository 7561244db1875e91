/**
 * What is built. A group is rebuilt when something under its `sources` changed; each of its bundles
 * is one file made from one entry. Native packages stay outside (`external`): they are loaded from
 * node_modules at run time.
 */
const SETTINGS = ['package.json', 'package-lock.json', 'build/scripts'];
const NATIVE = ['onnxruntime-node'];

export const groups = [
  {
    name: 'cli',
    sources: ['core', ...SETTINGS],
    bundles: [
      node('core/host/cli/axial.ts', 'cli/axial.mjs', 'node20'),
      node('core/host/worker/main.ts', 'cli/worker.cjs', 'node20'),
    ],
  },
  {
    name: 'electron',
    sources: ['core', 'electron', ...SETTINGS],
    bundles: [
      node('electron/main/main.ts', 'electron/main.cjs', 'node18'),
      node('electron/preload/preload.ts', 'electron/preload.cjs', 'node18'),
      node('electron/engine/engine.ts', 'electron/engine.cjs', 'node18'),
      node('core/host/worker/main.ts', 'electron/worker.cjs', 'node18'),
    ],
  },
  {
    name: 'renderer',
    sources: ['core', 'electron/shared', 'renderer', ...SETTINGS],
    bundles: [{ kind: 'page', entry: 'renderer/index.html', file: 'renderer/index.html' }],
  },
];

/** Electron 25, on which tests may run, has Node 18 and loads its main script as CommonJS only. */
function node(entry, file, target) {
  return { kind: 'node', entry, file, target, external: ['electron', ...NATIVE] };
}
