import { createWriteStream, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';

const FILE_TYPE = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks a zip archive with the permissions recorded in it. yauzl refuses names that lead out of the folder.
 *
 * @param {string} archive
 * @param {string} folder made where missing
 * @param {(name: string) => boolean} wanted whether an entry, named as in the archive, is unpacked
 */
export async function unzip(archive, folder, wanted) {
  const zip = await yauzl.openPromise(archive);
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName.endsWith('/') || !wanted(entry.fileName)) continue;
      const target = path.join(folder, entry.fileName);
      mkdirSync(path.dirname(target), { recursive: true });
      const mode = entry.externalFileAttributes >>> 16;
      const content = await zip.openReadStreamPromise(entry);
      if ((mode & FILE_TYPE) === SYMLINK) {
        symlinkSync((await buffer(content)).toString('utf8'), target);
      } else {
        await pipeline(content, createWriteStream(target, { mode: mode & 0o111 ? 0o755 : 0o644 }));
      }
    }
  } finally {
    zip.close();
  }
}
