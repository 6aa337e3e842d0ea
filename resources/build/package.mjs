import '../runtime/node-version.mjs';
import path from 'node:path';
import { runCommand } from '../runtime/cannot.mjs';
import { installDependencies } from '../runtime/dependencies.mjs';
import { sayOnOutput as say } from '../runtime/say.mjs';

// Modules that import packages are loaded after the packages are there.
await runCommand(async () => {
  await installDependencies(say);
  const { prepareElectron } = await import('../runtime/prepare.mjs');
  const electron = await prepareElectron({ virtualDisplay: false }, say);
  const { packageApp } = await import('./package-app.mjs');
  const program = await packageApp({ ifChanged: process.argv.includes('--if-changed') }, electron, say);
  say(`The packaged app is in ${path.dirname(program)}`);
  return 0;
});
