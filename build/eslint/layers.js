import { readdirSync } from 'node:fs';

/**
 * Who may import whom. This table is the only place that says so; `layerRules.js` makes lint rules
 * of it and `tests/build/layers.test.ts` proves each line by planting a violation.
 *
 * `allow` and `types` hold the starts of import names as regular expressions; `$` ends an exact
 * name. What is neither `./…` nor listed is refused; `types` may be imported as types only.
 * A later line replaces an earlier one for the same file, so every line is complete by itself.
 */
const UTIL_AND_IMAGE = ['#core/util/', '#core/image/'];
const PURE_CORE = '#core/(?!host/)';
const FEATURE_ALLOW = [
  PURE_CORE,
  '#renderer/(?:rendering|stores|components|composables|platform)/',
  '#renderer/features/[a-z]+/index$',
  'vue$',
  'pinia$',
  'reka-ui$',
];

function topic(name, ...more) {
  return {
    dir: `core/${name}`,
    allow: [...UTIL_AND_IMAGE, `#core/${name}/`, ...more],
    why: `core/${name} builds on core/util and core/image; topics do not import each other.`,
  };
}

function feature(name) {
  return {
    dir: `renderer/features/${name}`,
    allow: [...FEATURE_ALLOW, `#renderer/features/${name}/`],
    types: ['#electron/shared/'],
    why: 'A feature reaches another feature through its index only, and the engine through platform.',
  };
}

function featureNames() {
  try {
    return readdirSync(new URL('../../renderer/features', import.meta.url), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

export const layers = [
  {
    dir: 'core',
    allow: UTIL_AND_IMAGE,
    why: 'core is pure: no Node, Electron, DOM, Vue or three. A new topic gets a line in build/eslint/layers.js.',
  },
  {
    dir: 'core/util',
    allow: ['#core/util/'],
    why: 'core/util is the bottom: it imports nothing of Axial.',
  },
  topic('image'),
  topic('io', 'geotiff$', 'zstddec$', 'fast-xml-parser$', 'fast-png$'),
  topic('report', 'fast-png$'),
  topic('registration'),
  topic('focus'),
  topic('threshold'),
  topic('normalise'),
  topic('background'),
  topic('filter'),
  topic('stack'),
  topic('metrics'),
  topic('analysis'),
  topic('volume'),
  topic('optics'),
  // Model packages are foreign text: read as YAML and JSON, checked by a schema.
  topic('network', 'zod$', 'yaml$'),
  topic('reconstruct', '#core/network/'),
  topic('training', '#core/network/'),
  {
    dir: 'core/command',
    allow: [PURE_CORE, 'zod$'],
    why: 'Commands may use every topic of core, but no host.',
  },
  {
    dir: 'core/host',
    allow: ['#core/', 'node:', 'onnxruntime-node$', 'zod$', 'yaml$', '@zip\\.js/zip\\.js$'],
    why: 'core/host is the Node side of the library: no Electron, no page.',
  },
  {
    dir: 'electron/shared',
    allow: [PURE_CORE, '#electron/shared/', 'zod$'],
    why: 'The message contract is read by every process, so it may use only what all of them have.',
  },
  {
    dir: 'electron/main',
    allow: [PURE_CORE, '#electron/(?:shared|main)/', 'node:', 'electron$', 'zod$'],
    why: 'The main process holds windows, menus and dialogs; it never computes.',
  },
  {
    dir: 'electron/preload',
    allow: ['#electron/(?:shared|preload)/', 'electron$'],
    why: 'The preload script is sandboxed: it passes messages on and nothing else.',
  },
  {
    dir: 'electron/engine',
    allow: ['#core/', '#electron/(?:shared|engine)/', 'node:'],
    types: ['electron$'],
    why: 'The engine is a thin entry over core/host; it opens no windows.',
  },
  {
    dir: 'renderer',
    allow: [PURE_CORE, '#renderer/', 'vue$', 'pinia$', 'reka-ui$'],
    types: ['#electron/shared/'],
    why: 'The page sees no Node and no Electron; three stays in renderer/rendering.',
  },
  {
    dir: 'renderer/rendering',
    allow: [PURE_CORE, '#renderer/rendering/', 'three(?:/|$)'],
    why: 'Rendering knows pixels and three, and neither Vue nor the stores.',
  },
  {
    dir: 'renderer/platform',
    allow: [PURE_CORE, '#electron/shared/', '#renderer/platform/'],
    why: 'renderer/platform is the only user of the bridge and knows no Vue.',
  },
  {
    dir: 'renderer/stores',
    // A view's zoom and shift are state; their arithmetic is shared with the drawing.
    allow: [
      PURE_CORE,
      '#renderer/(?:platform|stores)/',
      '#renderer/rendering/viewTransform$',
      'vue$',
      'pinia$',
      'zod$',
    ],
    types: ['#electron/shared/'],
    why: 'Stores hold state; they know no components.',
  },
  {
    dir: 'renderer/composables',
    allow: [PURE_CORE, '#renderer/(?:platform|stores|composables)/', 'vue$', 'pinia$'],
    types: ['#electron/shared/'],
    why: 'Composables bind stores to components.',
  },
  {
    dir: 'renderer/components',
    allow: ['#renderer/(?:components|composables)/', 'vue$', 'reka-ui$'],
    types: [PURE_CORE, '#electron/shared/'],
    why: 'Components get everything through props; they know no store and compute nothing.',
  },
  ...featureNames().map(feature),
];
