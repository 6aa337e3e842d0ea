import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { Cannot } from './cannot.mjs';
import { OUT, RECORDINGS, RESULTS, ROOT } from './places.mjs';
import { capture, findProgram, isRoot } from './processes.mjs';
import { withReadableCopy } from './readable-copy.mjs';

const USER = 'demarc-test';
/** Of root's environment only these go along: the rest names root's own folders. */
const KEPT =
  /^(PATH|LANG|LC_.*|TZ|TERM|CI|FORCE_COLOR|NO_COLOR|DISPLAY|DEMARC_.*|ELECTRON_OVERRIDE_DIST_PATH)$/;

/**
 * How to run end-to-end tests so that Chromium's sandbox is on, which root cannot have.
 *
 * @typedef {object} Stage
 * @property {string} root the checkout as the tests see it
 * @property {string} dist the Electron as the tests see it
 * @property {(args: readonly string[], env: NodeJS.ProcessEnv) => [string, string[], NodeJS.ProcessEnv]} node
 *   the command that runs a Node script there
 */

/**
 * Does `work` on a stage for an ordinary user: the checkout itself where that user can read it, else a copy.
 *
 * @template T
 * @param {import('./electron.mjs').Electron} electron
 * @param {import('./say.mjs').Say} say
 * @param {(stage: Stage) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function onStage(electron, say, work) {
  mkdirSync(RESULTS, { recursive: true });
  if (!isRoot()) {
    return work({
      root: ROOT,
      dist: electron.dist,
      node: (args, env) => [process.execPath, [...args], { ...process.env, ...env }],
    });
  }
  const user = await ordinaryUser(say);
  say(`The end-to-end tests run as the ordinary user ${USER}, with the sandbox on.`);
  const needed = [
    process.execPath,
    electron.executable,
    path.join(ROOT, 'package.json'),
    path.join(ROOT, 'node_modules/@playwright/test/cli.js'),
    path.join(OUT, 'main/index.js'),
    ...(existsSync(RECORDINGS) ? [RECORDINGS] : []),
  ];
  if (await canRead(needed)) {
    await capture('chown', ['-R', USER, RESULTS]);
    return work({ root: ROOT, dist: electron.dist, node: nodeAs(user, process.execPath, {}) });
  }
  return withReadableCopy(electron, user, say, ({ root, dist, node, recordings }) =>
    work({ root, dist, node: nodeAs(user, node, recordings ? { DEMARC_RECORDINGS: recordings } : {}) }),
  );
}

/** @typedef {{ uid: number, gid: number, home: string }} User */

/** @param {import('./say.mjs').Say} say @returns {Promise<User>} */
async function ordinaryUser(say) {
  const present = await lookUp();
  if (present) return present;
  if (!findProgram('useradd') || !findProgram('runuser')) {
    throw new Cannot(
      'Run the tests as an ordinary user: root cannot have the sandbox, and this machine has no useradd or runuser.',
    );
  }
  say(`Making the ordinary user ${USER} for the end-to-end tests.`);
  const made = await capture('useradd', ['--create-home', '--shell', '/bin/sh', USER]);
  const user = await lookUp();
  if (!user) throw new Cannot(`The ordinary user ${USER} could not be made: ${made.output.trim()}`);
  return user;
}

/** @returns {Promise<User | null>} */
async function lookUp() {
  const { status, output } = await capture('getent', ['passwd', USER]);
  const [, , uid, gid, , home] = output.trim().split(':');
  return status === 0 && home ? { uid: Number(uid), gid: Number(gid), home } : null;
}

/** @param {readonly string[]} files */
async function canRead(files) {
  const check = 'for file; do test -r "$file" || exit 1; done';
  const { status } = await capture('runuser', ['-u', USER, '--', 'sh', '-c', check, 'sh', ...files]);
  return status === 0;
}

/**
 * @param {User} user
 * @param {string} node
 * @param {NodeJS.ProcessEnv} more
 * @returns {Stage['node']}
 */
function nodeAs(user, node, more) {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name)));
  const own = { HOME: user.home, USER, LOGNAME: USER };
  return (args, env) => ['runuser', ['-u', USER, '--', node, ...args], { ...kept, ...own, ...more, ...env }];
}
