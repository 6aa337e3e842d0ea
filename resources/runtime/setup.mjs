import './node-version.mjs';
import { runCommand } from './cannot.mjs';
import { installDependencies } from './dependencies.mjs';
import { sayOnOutput } from './say.mjs';

// Modules that import packages are loaded after the packages are there.
await runCommand(async () => {
  await installDependencies(sayOnOutput);
  const { prepareElectron } = await import('./prepare.mjs');
  await prepareElectron({ virtualDisplay: true }, sayOnOutput);
  return 0;
});
