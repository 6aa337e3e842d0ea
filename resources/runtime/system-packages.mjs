import { existsSync, readFileSync } from 'node:fs';
import { Cannot } from './cannot.mjs';
import { lastLines } from './npm.mjs';
import { capture, findProgram, isRoot } from './processes.mjs';
import { sayWhile } from './say.mjs';

/**
 * Something that the machine itself must have.
 *
 * @typedef {object} Need
 * @property {() => boolean} isMet
 * @property {string} name for a person
 * @property {string} debian the Debian package that has it
 */

/** Shared libraries that Electron is linked against and a bare Debian lacks. */
const LIBRARIES = [
  ['libgtk-3.so.0', 'libgtk-3-0'],
  ['libnss3.so', 'libnss3'],
  ['libasound.so.2', 'libasound2'],
  ['libgbm.so.1', 'libgbm1'],
  ['libatk-bridge-2.0.so.0', 'libatk-bridge2.0-0'],
  ['libcups.so.2', 'libcups2'],
  ['libdrm.so.2', 'libdrm2'],
  ['libxkbcommon.so.0', 'libxkbcommon0'],
  ['libXcomposite.so.1', 'libxcomposite1'],
  ['libXdamage.so.1', 'libxdamage1'],
  ['libXrandr.so.2', 'libxrandr2'],
];

/**
 * Sees to what Electron needs of the machine.
 *
 * @param {{ virtualDisplay: boolean }} purpose whether a window must open without a display
 * @param {import('./say.mjs').Say} say
 */
export async function installElectronNeeds({ virtualDisplay }, say) {
  if (process.platform !== 'linux') return;
  const known = await knownLibraries();
  const libraries = LIBRARIES.map(([library = '', debian = '']) => ({
    isMet: () => known === null || known.includes(library),
    name: library,
    debian,
  }));
  const display = virtualDisplay ? [program('Xvfb', 'xvfb')] : [];
  await install([...libraries, ...display], 'to open a window', say);
}

/**
 * Sees to what compiling better-sqlite3 needs of the machine.
 *
 * @param {import('./say.mjs').Say} say
 */
export async function installBuildTools(say) {
  if (process.platform === 'win32') return; // node-gyp finds Visual Studio by itself, or says so
  const tools = [program('python3', 'python3'), program('make', 'make'), program('g++', 'g++')];
  await install(tools, 'to build better-sqlite3', say);
}

/**
 * @param {string} name
 * @param {string} debian
 * @returns {Need}
 */
function program(name, debian) {
  return { isMet: () => findProgram(name) !== null, name, debian };
}

/** What the loader of this machine knows, or null where it cannot be asked. */
async function knownLibraries() {
  const { status, output } = await capture('/sbin/ldconfig', ['-p']);
  return status === 0 ? output : null;
}

/**
 * @param {readonly Need[]} needs
 * @param {string} purpose
 * @param {import('./say.mjs').Say} say
 */
async function install(needs, purpose, say) {
  const missing = needs.filter((need) => !need.isMet());
  if (missing.length === 0) return;
  const names = missing.map((need) => need.name).join(', ');
  if (!isDebian()) {
    throw new Cannot(`This machine lacks what it takes ${purpose}: install ${names}, then run this again.`);
  }
  const packages = missing.map((need) => need.debian);
  if (!isRoot()) {
    throw new Cannot(
      `This machine lacks what it takes ${purpose} (${names}): run "sudo apt-get install ${packages.join(' ')}", then this again.`,
    );
  }
  await sayWhile(say, `Installing Debian packages ${purpose}: ${packages.join(' ')}`, () =>
    aptInstall(packages),
  );
}

function isDebian() {
  if (!existsSync('/etc/os-release') || !findProgram('apt-get')) return false;
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @param {readonly string[]} packages */
async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patience = ['-o', 'DPkg::Lock::Timeout=300'];
  // A package list that cannot be renewed may still be good enough: only the installation decides.
  await capture('apt-get', ['update', ...patience], { env });
  const available = await Promise.all(packages.map(currentName));
  const { status, output } = await capture(
    'apt-get',
    ['install', '--yes', '--no-install-recommends', ...patience, ...available],
    { env },
  );
  if (status === 0) return;
  throw new Cannot(
    `The Debian packages ${packages.join(' ')} could not be installed; the last lines of apt-get:\n${lastLines(output, 5)}`,
  );
}

/** Since the 64-bit time change newer releases name some libraries with `t64`. @param {string} name */
async function currentName(name) {
  const renamed = await capture('apt-cache', ['show', `${name}t64`]);
  return renamed.status === 0 ? `${name}t64` : name;
}
