import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/**
 * Switches burnt into the packaged program, by the names that Electron gives them
 * (https://www.electronjs.org/docs/latest/tutorial/fuses).
 */
export const PACKAGED_FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  // Electron checks an archive's integrity on these two systems only
  EnableEmbeddedAsarIntegrityValidation: process.platform === 'darwin' || process.platform === 'win32',
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

/** In the program's file a fuse is one character: `0` off, `1` on, `r` removed. */
const ON = '1'.charCodeAt(0);

/**
 * The fuses as they are in a program's file.
 *
 * @param {string} executable
 * @returns {Promise<Record<string, boolean>>} by the names above
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  return Object.fromEntries(
    Object.keys(PACKAGED_FUSES).map((name) => {
      const fuse = FuseV1Options[/** @type {keyof typeof PACKAGED_FUSES} */ (name)];
      return [name, wire[fuse] === ON];
    }),
  );
}
