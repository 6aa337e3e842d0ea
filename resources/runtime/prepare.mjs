import { chooseElectron } from './electron.mjs';
import { prepareSqlite } from './sqlite.mjs';
import { installElectronNeeds } from './system-packages.mjs';

/**
 * Makes everything ready that a window or a test of one needs.
 *
 * @param {{ virtualDisplay: boolean }} purpose
 * @param {import('./say.mjs').Say} say
 * @returns {Promise<import('./electron.mjs').Electron>}
 */
export async function prepareElectron(purpose, say) {
  const electron = await chooseElectron(say);
  await installElectronNeeds(purpose, say);
  await prepareSqlite([nodeApiHere(), electron.nodeApi], say);
  say(`Runtime: Electron ${electron.version}, ${electron.choice} (${electron.dist}).`);
  return electron;
}

/**
 * Makes ready what a command on plain Node needs: the database.
 *
 * @param {import('./say.mjs').Say} say
 */
export async function prepareNode(say) {
  await prepareSqlite([nodeApiHere()], say);
}

function nodeApiHere() {
  return Number(process.versions['napi']);
}
