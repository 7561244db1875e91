import { basename, dirname, join } from 'node:path';
import { build } from 'vite';
import { dist, root } from './paths.mjs';

/** Makes one bundle of `bundles.mjs`. Vite's own lines are left out; its failures are thrown. */
export async function bundle(spec) {
  await build(spec.kind === 'page' ? await pageConfig() : nodeConfig(spec));
}

function nodeConfig({ entry, file, target, external }) {
  const commonJs = file.endsWith('.cjs');
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    resolve: { conditions: ['node', 'import', 'default'] },
    ssr: { target: 'node', noExternal: true, external },
    build: {
      ssr: join(root, entry),
      target,
      outDir: join(dist, dirname(file)),
      emptyOutDir: false,
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        output: {
          format: commonJs ? 'cjs' : 'esm',
          entryFileNames: basename(file),
          codeSplitting: false,
        },
      },
    },
  };
}

async function pageConfig() {
  const { default: vue } = await import('@vitejs/plugin-vue');
  return {
    root: join(root, 'renderer'),
    base: './',
    configFile: false,
    logLevel: 'warn',
    plugins: [vue()],
    build: {
      target: 'chrome114',
      outDir: join(dist, 'renderer'),
      emptyOutDir: true,
      sourcemap: true,
      // The page's content security policy allows neither data: scripts nor inline ones.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 2000,
    },
  };
}
