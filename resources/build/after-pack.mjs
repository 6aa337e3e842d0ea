import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { PACKAGED_FUSES } from './fuses.mjs';

/**
 * Called by electron-builder when the folder is laid out and nothing is signed yet: takes away the starter of
 * unpackaged apps and sets the fuses.
 *
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager, electronPlatformName }) {
  rmSync(path.join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
  const program = path.join(appOutDir, programIn(packager, electronPlatformName));
  const fuses = Object.fromEntries(
    Object.entries(PACKAGED_FUSES).map(([name, on]) => [
      FuseV1Options[/** @type {keyof typeof PACKAGED_FUSES} */ (name)],
      on,
    ]),
  );
  await flipFuses(program, {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    ...fuses,
  });
}

/**
 * @param {import('electron-builder').AfterPackContext['packager']} packager
 * @param {string} platform
 */
function programIn(packager, platform) {
  const name = packager.appInfo.productFilename;
  if (platform === 'darwin') return `${name}.app`;
  return platform === 'win32'
    ? `${name}.exe`
    : (packager.platformSpecificBuildOptions.executableName ?? name);
}
