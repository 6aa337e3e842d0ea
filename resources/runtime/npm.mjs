import path from 'node:path';
import { Cannot } from './cannot.mjs';
import { capture } from './processes.mjs';

const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|E5\d\d)\b/;

/**
 * Installs exactly what a folder's package-lock.json says. npm checks every package against the integrity
 * written there. No package of ours needs its install script; better-sqlite3's would compile, which is for
 * the runtime's own step to decide.
 *
 * @param {string} folder
 */
export async function npmCi(folder) {
  const { status, output } = await runNpm(
    [
      'ci',
      '--prefix',
      folder,
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      '--fetch-retry-mintimeout=1000',
    ],
    folder,
  );
  if (status === 0) return;
  const unreachable = UNREACHABLE.exec(output);
  if (unreachable) {
    throw new Cannot(
      `The npm registry could not be reached (${unreachable[1]}): check the network and npm's registry setting, then run this again.`,
    );
  }
  if (/\bENOSPC\b/.test(output)) throw new Cannot('The disk is full: npm could not install the packages.');
  if (status === null)
    throw new Cannot(`npm could not be started (${output.trim()}): install npm and run this again.`);
  throw new Cannot(`npm could not install the packages; its own words:\n${lastLines(output, 15)}`);
}

/** npm's own script when npm started this process, else the npm on the PATH. @param {string[]} args @param {string} cwd */
function runNpm(args, cwd) {
  const script = process.env['npm_execpath'];
  if (script && path.basename(script) === 'npm-cli.js')
    return capture(process.execPath, [script, ...args], { cwd });
  // npm is a batch file on Windows, which only a shell starts
  return process.platform === 'win32'
    ? capture('cmd.exe', ['/d', '/c', 'npm', ...args], { cwd })
    : capture('npm', args, { cwd });
}

/**
 * @param {string} text
 * @param {number} count
 */
export function lastLines(text, count) {
  return text.trim().split('\n').slice(-count).join('\n');
}
