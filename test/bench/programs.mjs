import path from 'node:path';
import { build } from 'vite';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Builds the program's own modules as they are shipped: not minified, for Node. `input` names them by what they are to be called;
 * `folder` must be in the project, where better-sqlite3 is found.
 */
export async function buildPrograms(folder, input) {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    root: ROOT,
    ssr: { noExternal: true, external: ['better-sqlite3'], target: 'node' },
    build: {
      ssr: true,
      outDir: folder,
      minify: false,
      target: 'node20',
      rolldownOptions: {
        external: ['better-sqlite3'],
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, path.join(ROOT, file)])),
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: 'shared-[name].mjs' },
        preserveEntrySignatures: 'strict',
      },
    },
  });
}
