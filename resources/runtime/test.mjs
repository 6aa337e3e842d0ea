import './node-version.mjs';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Cannot, runCommand } from './cannot.mjs';
import { installDependencies } from './dependencies.mjs';
import { onVirtualDisplay } from './display.mjs';
import { withLock } from './lock.mjs';
import { OUT, RESULTS, ROOT } from './places.mjs';
import { passThrough } from './processes.mjs';
import { sayOnOutput as say, seconds } from './say.mjs';
import { STATIC_STEPS, unitStep } from './steps.mjs';
import { countTests } from './test-counts.mjs';

const REPORTS = { unit: path.join(RESULTS, 'unit.json'), e2e: path.join(RESULTS, 'e2e.json') };

/** @type {Promise<import('./electron.mjs').Electron> | undefined} */
let chosen;

/**
 * Everything that is proved, in order; each returns whether it passed.
 *
 * @type {Record<string, (args: readonly string[]) => Promise<boolean>>}
 */
const STEPS = {
  ...Object.fromEntries(
    [...STATIC_STEPS, unitStep(REPORTS.unit)].map((step) => [
      step.name,
      (/** @type {readonly string[]} */ args) => runTools(step, args),
    ]),
  ),
  build: async () => {
    const { buildApp } = await import('../build/build-app.mjs');
    await buildApp({ ifChanged: true }, say);
    return true;
  },
  package: async () => {
    const { packageApp } = await import('../build/package-app.mjs');
    await packageApp({ ifChanged: true }, await electron(), say);
    return true;
  },
  e2e: runEndToEnd,
};

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    options: { only: { type: 'string' } },
    allowPositionals: true,
  });
  const names = values.only ? values.only.split(',') : Object.keys(STEPS);
  const unknown = names.find((name) => !(name in STEPS));
  if (unknown) throw new Cannot(`There is no step ${unknown}; there are ${Object.keys(STEPS).join(', ')}.`);
  await prepareFor(names);
  for (const name of names) {
    if (!(await runStep(name, positionals))) return 1;
  }
  const { passed, failed } = countTests(
    names.includes('unit') ? REPORTS.unit : null,
    names.includes('e2e') ? REPORTS.e2e : null,
  );
  say(`All steps passed: ${names.join(', ')}.`);
  if (passed + failed > 0) say(`${passed} passed, ${failed} failed`);
  return 0;
});

/** The Electron for this run, prepared once. */
function electron() {
  chosen ??= import('./prepare.mjs').then(({ prepareElectron }) =>
    prepareElectron({ virtualDisplay: true }, say),
  );
  return chosen;
}

/** Sets up first what the steps need, so that what is missing is said before minutes are spent. @param {readonly string[]} names */
async function prepareFor(names) {
  mkdirSync(RESULTS, { recursive: true });
  await installDependencies(say);
  if (names.some((name) => name === 'package' || name === 'e2e')) await electron();
  else if (names.includes('unit')) {
    const { prepareNode } = await import('./prepare.mjs');
    await prepareNode(say);
  }
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 */
async function runStep(name, args) {
  const begun = performance.now();
  say(`\n== ${name}`);
  const passed = await STEPS[name]?.(args);
  say(`== ${name}: ${passed ? 'passed' : 'FAILED'} in ${seconds(begun)}`);
  if (!passed)
    say(`The step "${name}" failed; what it printed stands above. Run it alone: npm test -- --only ${name}`);
  return passed;
}

/**
 * @param {import('./steps.mjs').Step} step
 * @param {readonly string[]} args
 */
async function runTools(step, args) {
  for (const [script = '', ...own] of step.commands) {
    const all = [path.join(ROOT, script), ...own, ...(step.takesArguments ? args : [])];
    if ((await passThrough(process.execPath, all, { cwd: ROOT })) !== 0) return false;
  }
  return true;
}

/** In a real window, sandboxed, as an ordinary user. @param {readonly string[]} args for Playwright */
async function runEndToEnd(args) {
  const { onStage } = await import('./ordinary-user.mjs');
  const chosenElectron = await electron();
  // two runs at once would clear away each other's results
  return withLock(path.join(OUT, 'e2e.lock'), say, () =>
    onStage(chosenElectron, say, (stage) =>
      onDisplay(async (display) => {
        const script = path.join(stage.root, 'node_modules/@playwright/test/cli.js');
        const options = ['test', '--config=test/config/playwright.config.ts', '--project=e2e'];
        const [command, all, env] = stage.node([script, ...options, ...args], {
          ...display,
          ELECTRON_OVERRIDE_DIST_PATH: stage.dist,
        });
        return (await passThrough(command, all, { cwd: stage.root, env })) === 0;
      }),
    ),
  );
}

/**
 * On Linux always on a virtual display, so that a test run takes nobody's keyboard away.
 *
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
function onDisplay(work) {
  if (process.platform !== 'linux') return work({});
  return onVirtualDisplay((display) => work({ DISPLAY: display, WAYLAND_DISPLAY: '' }));
}
