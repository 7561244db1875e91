import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layers } from '#build/eslint/layers';
import { PlantedRepository, type Findings } from './plantedRepository';

const IMPORTS = '@typescript-eslint/no-restricted-imports';
const SYNTAX = 'no-restricted-syntax';

/** One forbidden import for every line of the table of layers: file, imported name. */
const FORBIDDEN_IMPORTS: readonly (readonly [string, string])[] = [
  ['core/newtopic/a.ts', 'node:fs'],
  ['core/newtopic/b.ts', '#core/io/x'],
  ['core/util/a.ts', '#core/image/x'],
  ['core/util/b.ts', 'zod'],
  ['renderer/stores/b.ts', '#renderer/rendering/PlaneRenderer'],
  ['core/image/a.ts', '#core/io/x'],
  ['core/image/b.ts', 'node:path'],
  ['core/io/a.ts', 'node:fs'],
  ['core/io/b.ts', '#core/metrics/x'],
  ['core/io/tiff/a.ts', '#renderer/app/x'],
  ['core/report/a.ts', 'geotiff'],
  ['core/registration/a.ts', '#core/filter/x'],
  ['core/focus/a.ts', '#core/optics/x'],
  ['core/threshold/a.ts', 'geotiff'],
  ['core/normalise/a.ts', '#core/threshold/x'],
  ['core/background/a.ts', '#core/filter/x'],
  ['core/filter/a.ts', 'three'],
  ['core/stack/a.ts', '#core/filter/x'],
  ['core/metrics/a.ts', 'vue'],
  ['core/analysis/a.ts', '#core/io/x'],
  ['core/volume/a.ts', 'three'],
  ['core/optics/a.ts', 'geotiff'],
  ['core/network/a.ts', 'onnxruntime-node'],
  ['core/network/b.ts', '#core/reconstruct/x'],
  ['core/reconstruct/a.ts', '#core/io/x'],
  ['core/training/a.ts', '#core/reconstruct/x'],
  ['core/command/a.ts', '#core/host/x'],
  ['core/command/b.ts', 'electron'],
  ['core/host/a.ts', '#electron/main/x'],
  ['core/host/b.ts', 'vue'],
  ['electron/shared/a.ts', '#core/host/x'],
  ['electron/shared/b.ts', 'electron'],
  ['electron/main/a.ts', '#core/host/x'],
  ['electron/main/b.ts', '#renderer/app/x'],
  ['electron/preload/a.ts', 'node:fs'],
  ['electron/preload/b.ts', '#core/image/x'],
  ['electron/engine/a.ts', '#electron/main/x'],
  ['electron/engine/b.ts', 'electron'],
  ['renderer/app/a.ts', 'node:fs'],
  ['renderer/app/b.ts', 'three'],
  ['renderer/app/c.ts', '#electron/shared/contract'],
  ['renderer/rendering/a.ts', 'vue'],
  ['renderer/rendering/b.ts', '#renderer/stores/x'],
  ['renderer/platform/a.ts', '#electron/main/x'],
  ['renderer/platform/b.ts', 'vue'],
  ['renderer/stores/a.ts', '#renderer/components/x'],
  ['renderer/composables/a.ts', 'three'],
  ['renderer/components/a.ts', '#renderer/stores/x'],
  ['renderer/components/b.ts', '#core/image/x'],
  ['renderer/features/viewer/a.ts', '#renderer/features/compare/parts'],
  ['renderer/features/viewer/b.ts', 'electron'],
];

/** Other ways to break a rule: file, text, the rule that has to speak. */
const VIOLATIONS: readonly (readonly [string, string, string])[] = [
  ['core/metrics/up.ts', "import { x } from '../util/x';\nx();", IMPORTS],
  ['core/metrics/lazy.ts', "void import('node:fs');", SYNTAX],
  ['core/metrics/again.ts', "export { readFileSync } from 'node:fs';", IMPORTS],
  ['core/metrics/sneaky.ts', "import { x } from './../io/x';\nx();", IMPORTS],
  ['renderer/app/lazy.ts', "void import('electron');", SYNTAX],
  ['renderer/app/Page.vue', '<script setup lang="ts">\nimport \'node:fs\';\n</script>', IMPORTS],
  ['tests/core/up.ts', "import { x } from '../../core/x';\nx();", IMPORTS],
  ['core/metrics/default.ts', '/** A number. */\nexport default 1;', SYNTAX],
  ['electron/main/raw.ts', "import { ipcMain } from 'electron';\nipcMain.emit('x');", SYNTAX],
  ['electron/main/send.ts', 'declare const w: any;\nw.webContents.send(1);', SYNTAX],
  ['renderer/app/raw.ts', 'declare const e: { ipcRenderer: object };\nvoid e.ipcRenderer;', SYNTAX],
  ['electron/main/ipc.ts', "import { ipcRenderer } from 'electron';\nvoid ipcRenderer;", SYNTAX],
  ['electron/preload/raw.ts', "import { ipcMain } from 'electron';\nvoid ipcMain;", SYNTAX],
  ['core/metrics/any.ts', 'declare const x: any;\nvoid x;', '@typescript-eslint/no-explicit-any'],
  ['core/metrics/ignore.ts', '// @ts-ignore\nvoid 1;', '@typescript-eslint/ban-ts-comment'],
  ['core/metrics/silent.ts', '/* eslint-disable */\nexport default 1;', SYNTAX],
  ['core/metrics/bare.ts', 'export const pi = 3;', 'axial/documented-exports'],
  [
    'core/metrics/bareType.ts',
    '// Not a doc comment.\nexport interface A {}',
    'axial/documented-exports',
  ],
  ['core/metrics/long.ts', 'void 0;\n'.repeat(301), 'max-lines'],
  [
    'core/metrics/tall.ts',
    `function f() {\n${'void 0;\n'.repeat(61)}}\nf();`,
    'max-lines-per-function',
  ],
  [
    'core/metrics/cycleA.ts',
    "import { b } from './cycleB';\n/** A. */\nexport const a = (): number => b();",
    'import-x/no-cycle',
  ],
  [
    'core/metrics/cycleB.ts',
    "import { a } from '#core/metrics/cycleA';\n/** B. */\nexport const b = (): number => a();",
    'import-x/no-cycle',
  ],
];

const CLEAN: { readonly [path: string]: string } = {
  'core/util/clean.ts': '/** One. */\nexport const one = 1;',
  'core/image/clean.ts':
    "import { one } from '#core/util/clean';\n/** Two. */\nexport const two = one + 1;",
  'core/optics/clean.ts':
    "import { two } from '#core/image/clean';\n/** Five. */\nexport const five = two + 3;",
  'core/network/clean.ts': '/** Three. */\nexport const three = 3;',
  'core/reconstruct/clean.ts':
    "import { three } from '#core/network/clean';\n/** Four. */\nexport const four = three + 1;",
  'core/command/clean.ts':
    "import { z } from 'zod';\nimport { four } from '#core/reconstruct/clean';\n/** A number. */\nexport const schema = z.number().max(four);",
  'core/command/cleanCommand.ts':
    "import { defineCommand } from './defineCommand';\nexport const cleanCommand = defineCommand({ summary: 'Says what it does.' });",
  'core/command/defineCommand.ts':
    '/** Declares a command. */\nexport const defineCommand = <T>(command: T): T => command;',
  'core/host/clean.ts':
    "import { readFileSync } from 'node:fs';\nimport { schema } from '#core/command/clean';\n/** Reads it. */\nexport const read = (): number => schema.parse(readFileSync('x').length);",
  'electron/shared/clean.ts': "import { z } from 'zod';\nexport const message = z.string();",
  'electron/main/clean.ts':
    "import { app } from 'electron';\nimport { message } from '#electron/shared/clean';\nexport const name = (): string => message.parse(app.getName());",
  'electron/preload/clean.ts':
    "import { ipcRenderer } from 'electron';\nexport const send = (): void => {\n  ipcRenderer.send('x', window.name);\n};",
  'electron/engine/clean.ts':
    "import type { MessagePortMain } from 'electron';\nimport { read } from '#core/host/clean';\nexport const tell = (port: MessagePortMain): void => {\n  port.postMessage(read());\n};",
  'renderer/rendering/clean.ts':
    "import { Vector3 } from 'three';\nexport const length = (): number => new Vector3().length();",
  'renderer/stores/clean.ts':
    "import { defineStore } from 'pinia';\nexport const useX = defineStore('x', () => ({ title: document.title }));",
  'renderer/features/viewer/index.ts': 'export const viewer = 1;',
  'renderer/features/compare/clean.ts':
    "import { viewer } from '#renderer/features/viewer/index';\nexport const beside = viewer + 1;",
  'renderer/app/CleanPage.vue':
    '<script setup lang="ts">\nimport { ref } from \'vue\';\n\nconst count = ref(0);\n</script>\n\n<template>\n  <button @click="count++">{{ count }}</button>\n</template>',
  'tests/clean.ts': "import { one } from '#core/util/clean';\n\nexport const same = one;",
};

/** What the compiler has to refuse: file, text, what it says. */
const TYPE_ERRORS: readonly (readonly [string, string, RegExp])[] = [
  ['core/util/dom.ts', 'void document;', /Cannot find name 'document'/],
  ['core/util/node.ts', 'void process;', /Cannot find name 'process'/],
  ['core/util/buffer.ts', 'void Buffer;', /Cannot find name 'Buffer'/],
  ['core/util/timer.ts', 'void setTimeout;', /Cannot find name 'setTimeout'/],
  ['core/util/module.ts', "import 'node:fs';", /node:fs/],
  ['core/io/geotiff.ts', "import 'geotiff';\nvoid process;", /Cannot find name 'process'/],
  ['core/command/zod.ts', "import 'zod';\nvoid document;", /Cannot find name 'document'/],
  ['core/util/host.ts', "import '#core/host/planted';", /not listed within the file list|rootDir/],
  ['core/host/planted.ts', 'void document;', /Cannot find name 'document'/],
  ['electron/shared/node.ts', 'void process;', /Cannot find name 'process'/],
  ['electron/main/dom.ts', 'void document;', /Cannot find name 'document'/],
  ['renderer/app/node.ts', 'void process;', /Cannot find name 'process'/],
  [
    'renderer/app/main.ts',
    "import '#electron/main/dom';",
    /not listed within the file list|rootDir/,
  ],
  [
    'renderer/app/Wrong.vue',
    '<script setup lang="ts">\nconst x: number = \'a\';\n</script>\n\n<template>\n  <p>{{ x.nothing }}</p>\n</template>',
    /not assignable|does not exist/,
  ],
  ['core/util/unused.ts', 'const x = 1;\nexport {};', /declared but its value is never read/],
];

describe('lint rules', () => {
  let repository: PlantedRepository;
  let findings: Findings;

  beforeAll(async () => {
    repository = await PlantedRepository.with({
      ...CLEAN,
      ...Object.fromEntries(FORBIDDEN_IMPORTS.map(([file, name]) => [file, `import '${name}';`])),
      ...Object.fromEntries(VIOLATIONS.map(([file, text]) => [file, text])),
    });
    findings = await repository.lint();
  });
  afterAll(() => repository.remove());

  it.each(FORBIDDEN_IMPORTS)('%s may not import %s', (file) => {
    expect(findings.get(file)?.filter((line) => line.startsWith(IMPORTS))).toHaveLength(1);
  });

  it.each(VIOLATIONS)('%s is refused', (file, _text, rule) => {
    expect(findings.get(file)).toContainEqual(expect.stringMatching(`^${rule}:`));
  });

  it.each(Object.keys(CLEAN))('%s passes', (file) => {
    expect(findings.get(file)).toEqual([]);
  });

  it('has a planted violation for every layer', () => {
    const planted = FORBIDDEN_IMPORTS.map(([file]) => file);
    const folders = layers.map(({ dir }) => dir.replace(/^(renderer\/features)\/.*/, '$1'));
    for (const folder of folders) {
      expect(planted.filter((file) => file.startsWith(`${folder}/`))).not.toEqual([]);
    }
  });
});

describe('type checking layer by layer', () => {
  let repository: PlantedRepository;
  let findings: Findings;

  beforeAll(async () => {
    repository = await PlantedRepository.with({
      ...CLEAN,
      ...Object.fromEntries(TYPE_ERRORS.map(([file, text]) => [file, text])),
    });
    findings = await repository.typecheck();
  });
  afterAll(() => repository.remove());

  it.each(TYPE_ERRORS)('%s is refused', (file, _text, message) => {
    expect(findings.get(file)).toContainEqual(expect.stringMatching(message));
  });

  it.each(Object.keys(CLEAN))('%s passes', (file) => {
    expect(findings.get(file)).toBeUndefined();
  });
});
