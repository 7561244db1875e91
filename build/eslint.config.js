import { fileURLToPath } from 'node:url';
import { importX } from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import vue from 'eslint-plugin-vue';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { documentedExports } from './eslint/documentedExports.js';
import { layerRules } from './eslint/layerRules.js';

const TSCONFIG = fileURLToPath(new URL('tsconfig.tests.json', import.meta.url));
const SOURCES = ['**/*.{ts,vue}'];
const NODE_GLOBALS = [
  'process',
  'console',
  'Buffer',
  'URL',
  'setTimeout',
  'clearTimeout',
  'performance',
];

export default defineConfig(
  {
    ignores: [
      'node_modules/',
      'dist/',
      '.cache/',
      'out/',
      'kernels/',
      'tests/fixtures/',
      'assets/**/*.py',
    ],
  },
  {
    name: 'axial/no-switches-in-comments',
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' },
  },
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    name: 'axial/vue',
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Layout belongs to prettier.
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/no-v-html': 'error',
    },
  },
  {
    name: 'axial/sources',
    files: SOURCES,
    plugins: { 'import-x': importX },
    settings: {
      ...importX.flatConfigs.typescript.settings,
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: TSCONFIG })],
    },
    rules: {
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/no-empty-object-type': 'error',
      eqeqeq: ['error', 'always'],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
    },
  },
  ...layerRules,
  {
    name: 'axial/documented-core',
    files: ['core/**/*.ts'],
    ignores: ['**/*.d.ts'],
    plugins: { axial: { rules: { 'documented-exports': documentedExports } } },
    rules: { 'axial/documented-exports': 'error' },
  },
  {
    name: 'axial/tests',
    files: ['tests/**/*.ts'],
    rules: {
      // A describe block is a list, not a function.
      'max-lines-per-function': 'off',
      // A test that something does not compile says so, with the reason beside it.
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description' },
      ],
    },
  },
  {
    name: 'axial/scripts',
    files: ['build/**/*.{js,mjs}', 'assets/**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])),
    },
    rules: {
      'no-undef': 'error',
      'max-lines': ['error', 300],
      'max-lines-per-function': ['error', 60],
    },
  },
);
