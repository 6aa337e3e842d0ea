import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';

interface ExpandedPaths {
  /** Regular files, sorted within each given folder, each once. */
  readonly files: readonly string[];
  /** What was left out, and why, in sentences (at most 100). */
  readonly notes: readonly string[];
}

/** More files than a bucket prefix of months holds; a walk into a whole disk ends here. */
const MOST_FILES = 200_000;
const DEEPEST = 32;
const MOST_NOTES = 100;

/**
 * Walks the given files and folders (a bucket layout `AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD` is such a folder).
 * A link is never followed out of the folder it was found in, and pipes, sockets and devices are never opened.
 */
export async function expandPaths(paths: readonly string[]): Promise<ExpandedPaths> {
  const files = new Set<string>();
  const notes: string[] = [];
  const note = (text: string): void => {
    if (notes.length < MOST_NOTES) notes.push(text);
  };

  async function walk(folder: string, depth: number): Promise<void> {
    if (depth > DEEPEST) {
      note(`${folder}: folders deeper than ${DEEPEST} levels were not opened.`);
      return;
    }
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch {
      note(`${folder}: this folder cannot be read.`);
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) await walk(at, depth + 1);
      else if (entry.isFile()) add(at);
      else if (entry.isSymbolicLink()) note(`${at}: links inside a folder are not followed.`);
    }
  }

  function add(file: string): void {
    if (files.size < MOST_FILES) files.add(file);
    else note(`More than ${MOST_FILES} files: the rest was not opened.`);
  }

  for (const given of paths) {
    try {
      // A link that a person names is what they mean; only those found on the way are left alone.
      const real = await realpath(given);
      const stat = await lstat(real);
      if (stat.isDirectory()) await walk(real, 0);
      else if (stat.isFile()) add(real);
      else note(`${given}: this is neither a file nor a folder.`);
    } catch {
      note(`${given}: it is not there or cannot be opened.`);
    }
  }
  return { files: [...files], notes };
}
