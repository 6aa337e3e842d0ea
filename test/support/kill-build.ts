import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const ROOT = path.resolve(import.meta.dirname, '../..');

/**
 * Builds TypeScript into plain scripts that Node can start as a process or a thread of its own, in a folder within the project
 * (so that they find better-sqlite3). Gives the folder's scripts by entry name, and how to remove them.
 */
export async function buildScripts<Name extends string>(
  entries: Readonly<Record<Name, string>>,
): Promise<{ readonly script: (name: Name) => string; readonly remove: () => void }> {
  const folder = mkdtempSync(path.join(ROOT, 'node_modules/.demarc-test-'));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries<string>(entries).map(([name, file]) => [name, path.join(ROOT, file)]),
        ),
        external: ['better-sqlite3'],
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
    ssr: { noExternal: true, external: ['better-sqlite3'] },
  });
  return {
    script: (name) => path.join(folder, `${name}.mjs`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
