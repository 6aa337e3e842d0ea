import '../runtime/node-version.mjs';
import { runCommand } from '../runtime/cannot.mjs';
import { installDependencies } from '../runtime/dependencies.mjs';
import { sayOnOutput } from '../runtime/say.mjs';
import { buildApp } from './build-app.mjs';

await runCommand(async () => {
  await installDependencies(sayOnOutput);
  await buildApp({ ifChanged: process.argv.includes('--if-changed') }, sayOnOutput);
  return 0;
});
