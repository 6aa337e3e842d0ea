import './node-version.mjs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runCommand } from './cannot.mjs';
import { installDependencies } from './dependencies.mjs';
import { OUT } from './places.mjs';
import { sayOnError as say } from './say.mjs';

// The command line in a checkout. Standard output belongs to the command's own answer.
await runCommand(async () => {
  await installDependencies(say);
  const { prepareNode } = await import('./prepare.mjs');
  await prepareNode(say);
  const { buildApp } = await import('../build/build-app.mjs');
  await buildApp({ ifChanged: true }, say);
  const { runCli } = await import(pathToFileURL(path.join(OUT, 'main/cli.js')).href);
  return runCli(process.argv.slice(2));
});
