// Stands in for the default_app.asar that an official Electron distribution carries: it starts the
// app whose folder is on the command line, `electron [-r module]... folder [arguments]`.
// An ES module that waits for the app's own: Electron holds back `ready` until this one is evaluated, so
// that what must happen before `ready` (privileged schemes) can.
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const preloads = [];
let folder;
for (let i = 1; i < process.argv.length && folder === undefined; i++) {
  const argument = process.argv[i];
  if (argument === '-r' || argument === '--require') preloads.push(process.argv[++i]);
  else if (!argument.startsWith('-')) folder = path.resolve(argument);
}
if (folder === undefined) {
  console.error('usage: electron [-r module]... <app folder> [arguments]');
  process.exit(2);
}
process.defaultApp = true;
for (const preload of preloads) require(path.resolve(preload));

const manifest = require(path.join(folder, 'package.json'));
app.name = manifest.productName ?? manifest.name;
app.setVersion(manifest.version);
app.setAppPath(folder);
try {
  await import(pathToFileURL(path.join(folder, manifest.main)).href);
} catch (error) {
  console.error(error);
  process.exit(1);
}
