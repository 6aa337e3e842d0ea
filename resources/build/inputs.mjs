import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../runtime/places.mjs';

const BUILD_INPUTS = [
  'package.json',
  'package-lock.json',
  'main',
  'preload',
  'renderer',
  'db',
  'resources/build',
];
const PACKAGE_INPUTS = ['electron-builder.yml', 'LICENSE', 'resources'];

/** A hash over every file that the build reads, by name and content: file times change with every clone. */
export function hashBuildInputs() {
  return hashFiles(BUILD_INPUTS);
}

/** A hash over every file that goes into the package or decides what does. */
export function hashPackageInputs() {
  return hashFiles([...BUILD_INPUTS, ...PACKAGE_INPUTS]);
}

/** @param {readonly string[]} places files and folders, relative to the checkout; absent ones count as such */
function hashFiles(places) {
  const hash = createHash('sha256');
  for (const file of [...new Set(places.flatMap(filesAt))].sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} place @returns {string[]} */
function filesAt(place) {
  const absolute = path.join(ROOT, place);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [place];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name)));
}
