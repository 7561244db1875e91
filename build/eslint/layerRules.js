import { layers } from './layers.js';

const SAME_FOLDER = ['\\./(?!.*\\.\\./)'];

/** A pattern that matches every import name which starts with none of `starts`. */
function allExcept(starts) {
  return `^(?!(?:${starts.join('|')}))`;
}

function staticImports({ dir, allow, types = [], why }) {
  const patterns = [
    { regex: '^\\.\\./', message: `Leave the folder by alias (#core/…), never by ../.` },
    { regex: allExcept([...SAME_FOLDER, ...allow, ...types, '\\.\\./']), message: why },
  ];
  if (types.length > 0) {
    const typesOnly = `^(?!(?:${[...SAME_FOLDER, ...allow].join('|')}))(?:${types.join('|')})`;
    patterns.push({
      regex: typesOnly,
      allowTypeImports: true,
      message: `${dir} may import this as a type only. ${why}`,
    });
  }
  return ['error', { patterns }];
}

/** The same for `import('…')`, which the rule for static imports does not see. */
function dynamicImports({ allow, why }) {
  const pattern = allExcept([...SAME_FOLDER, ...allow]).replaceAll('/', '\\x2f');
  return { selector: `ImportExpression[source.value=/${pattern}/]`, message: why };
}

const DEFAULT_EXPORT = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only, so that a thing has one name everywhere.',
};

function rawChannel(name, home) {
  return {
    selector: `Identifier[name='${name}']`,
    message: `${name} is used in ${home} only; everybody else goes through the typed contract.`,
  };
}

const RAW_SEND = {
  selector: "MemberExpression[property.name='send'][object.property.name='webContents']",
  message: 'Messages to the page go through electron/main/ipc.ts, which knows their types.',
};
const IPC_MAIN = rawChannel('ipcMain', 'electron/main/ipc.ts');
const IPC_RENDERER = rawChannel('ipcRenderer', 'electron/preload');

const ALL_SYNTAX = [DEFAULT_EXPORT, IPC_MAIN, IPC_RENDERER, RAW_SEND];

function syntax(...rules) {
  return { 'no-restricted-syntax': ['error', ...rules] };
}

function block(layer, files, syntaxRules) {
  return {
    name: `axial/layer/${files[0]}`,
    files,
    rules: {
      '@typescript-eslint/no-restricted-imports': staticImports(layer),
      ...syntax(...syntaxRules, dynamicImports(layer)),
    },
  };
}

function layerOf(dir) {
  return layers.find((layer) => layer.dir === dir);
}

/** Flat-config blocks for every line of the table, then the two files that hold the raw channels. */
export const layerRules = [
  {
    name: 'axial/everywhere',
    files: ['**/*.{ts,js,mjs,vue}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^\\.\\./', message: 'Leave the folder by alias, never by ../.' }] },
      ],
      ...syntax(...ALL_SYNTAX),
    },
  },
  ...layers.map((layer) => block(layer, [`${layer.dir}/**/*.{ts,vue}`], ALL_SYNTAX)),
  block(layerOf('electron/main'), ['electron/main/ipc.ts'], [DEFAULT_EXPORT, IPC_RENDERER]),
  block(
    layerOf('electron/preload'),
    ['electron/preload/**/*.ts'],
    [DEFAULT_EXPORT, IPC_MAIN, RAW_SEND],
  ),
  {
    name: 'axial/default-exports-that-a-tool-demands',
    files: ['build/*.config.{js,ts}', '**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
];
