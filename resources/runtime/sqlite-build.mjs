import { copyFileSync, cpSync, existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { Cannot } from './cannot.mjs';
import { lastLines } from './npm.mjs';
import { ROOT, inScratch } from './places.mjs';
import { capture } from './processes.mjs';

export const HEADER = path.join(import.meta.dirname, 'node-api-9.h');

/** Flags that make the package's own source speak Node-API 9; the header stands beside the package in the scratch folder. */
export const COMPILER_FLAGS = '-UNAPI_VERSION -DNAPI_VERSION=9';

/**
 * Builds better-sqlite3 from the source in its package, outside node_modules.
 *
 * @param {string} source the folder of the installed package
 * @param {string} target the file to leave the binary in
 */
export async function buildSqlite(source, target) {
  await inScratch(async (scratch) => {
    const folder = path.join(scratch, 'node_modules/better-sqlite3');
    cpSync(source, folder, { recursive: true, filter: (file) => !/[/\\](prebuilds|build)$/.test(file) });
    const addonApi = 'node_modules/node-addon-api';
    cpSync(path.join(ROOT, addonApi), path.join(scratch, addonApi), { recursive: true });
    const header = path.join(scratch, path.basename(HEADER));
    copyFileSync(HEADER, header);

    const headers = nodeHeaders();
    const gyp = path.join(ROOT, 'node_modules/node-gyp/bin/node-gyp.js');
    const options = ['rebuild', '--release', '--force_build=1', '--jobs=max'];
    const { status, output } = await capture(
      process.execPath,
      [gyp, ...options, ...(headers ? [`--nodedir=${headers}`] : [])],
      { cwd: folder, env: { ...process.env, CXXFLAGS: `${COMPILER_FLAGS} -include ${header}` } },
    );
    const built = path.join(folder, 'build/Release/better_sqlite3.node');
    if (status !== 0 || !existsSync(built)) throw new Cannot(whyNot(output, headers));
    renameSync(built, target);
  });
}

/** The folder under which Node's own headers lie, or null: then node-gyp fetches them. */
function nodeHeaders() {
  const prefix = path.dirname(path.dirname(process.execPath));
  const candidates = [process.env['npm_config_nodedir'], prefix, '/usr', '/usr/local'];
  const found = candidates.find(
    (folder) => folder && existsSync(path.join(folder, 'include/node/js_native_api.h')),
  );
  return found ?? null;
}

/**
 * @param {string} output of node-gyp
 * @param {string | null} headers
 */
function whyNot(output, headers) {
  if (!headers && /ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|fetch failed/.test(output)) {
    return "better-sqlite3 could not be built: Node's headers are not on this machine and could not be fetched. Install them (Debian: apt-get install libnode-dev, or Node from its own distribution) and run this again.";
  }
  if (/No space left on device|ENOSPC/.test(output))
    return 'better-sqlite3 could not be built: the disk is full.';
  return `better-sqlite3 could not be built; the last lines of its build:\n${lastLines(output, 15)}`;
}
