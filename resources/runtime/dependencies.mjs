import { readFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { npmCi } from './npm.mjs';
import { ROOT, SETUP_LOCK } from './places.mjs';
import { sayWhile } from './say.mjs';

/**
 * Installs the packages of package-lock.json when they are missing or other ones.
 *
 * @param {import('./say.mjs').Say} say
 */
export async function installDependencies(say) {
  if (dependenciesMatch()) return;
  await withLock(SETUP_LOCK, say, async () => {
    if (dependenciesMatch()) return; // another process installed them meanwhile
    await sayWhile(say, 'Installing the packages of package-lock.json', () => npmCi(ROOT));
  });
}

/**
 * Whether node_modules holds what package-lock.json asks for, told from the record that npm keeps there;
 * packages for other platforms may be absent. File times tell nothing after a checkout or a copy.
 */
function dependenciesMatch() {
  const wanted = readPackages(path.join(ROOT, 'package-lock.json'));
  const present = readPackages(path.join(ROOT, 'node_modules/.package-lock.json'));
  return Object.entries(wanted).every(([place, want]) => {
    if (place === '') return true; // the project itself
    const have = present[place];
    if (!have) return want.optional === true;
    return have.version === want.version && have.integrity === want.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}
