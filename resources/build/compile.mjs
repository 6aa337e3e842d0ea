import react from '@vitejs/plugin-react';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { OUT, ROOT } from '../runtime/places.mjs';

/** What the newest and the oldest supported runtime both understand: Electron 33. */
const TARGETS = { node: 'node20', window: 'chrome130' };

/** Programs for Node, each one file beside the others in `.out/main`. */
const NODE_PROGRAMS = {
  index: 'main/index.ts',
  worker: 'db/worker.ts',
  cli: 'main/cli/index.ts',
  'import-worker': 'main/adapters/evidence/import-worker.ts',
  'feed-process': 'main/adapters/feeds/feed-process.ts',
};
const OPTIONAL_PROGRAMS = ['import-worker'];

/** @type {import('vite').InlineConfig} */
const COMMON = {
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
};

/** The page that the window shows under `app://demarc/`. */
export async function buildWindow() {
  await build({
    ...COMMON,
    root: path.join(ROOT, 'renderer'),
    base: '/',
    plugins: [react()],
    build: {
      outDir: path.join(OUT, 'renderer'),
      emptyOutDir: true,
      target: TARGETS.window,
      // The content security policy allows neither inline scripts nor data: addresses.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      // it is read from the disk, not over a network
      chunkSizeWarningLimit: 4_000,
      reportCompressedSize: false,
    },
  });
}

/** One CommonJS file: a sandboxed preload can load nothing but `electron`. */
export async function buildPreload() {
  await build({
    ...COMMON,
    root: ROOT,
    build: {
      outDir: path.join(OUT, 'preload'),
      emptyOutDir: true,
      target: TARGETS.window,
      minify: false,
      lib: { entry: path.join(ROOT, 'preload/index.ts'), formats: ['cjs'], fileName: () => 'index.cjs' },
      rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  });
}

/** The main process, its workers and the command line, with every package inside but the native one. */
export async function buildNodePrograms() {
  const programs = Object.entries(NODE_PROGRAMS).filter(
    ([name, file]) => !OPTIONAL_PROGRAMS.includes(name) || existsSync(path.join(ROOT, file)),
  );
  await build({
    ...COMMON,
    root: ROOT,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: path.join(OUT, 'main'),
      emptyOutDir: true,
      target: TARGETS.node,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(programs.map(([name, file]) => [name, path.join(ROOT, file)])),
        external: ['electron', 'better-sqlite3', /^node:/],
        // Shared parts lie beside the programs, so that import.meta.dirname is the same folder everywhere.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'shared-[name]-[hash].js' },
      },
    },
  });
}
