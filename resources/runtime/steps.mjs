/**
 * One thing that `npm test` proves.
 *
 * @typedef {object} Step
 * @property {string} name
 * @property {readonly (readonly string[])[]} commands each a script of node_modules with its arguments, run with Node
 * @property {boolean} [takesArguments] whether arguments of the command go on to the tool
 */

const TSC = 'node_modules/typescript/bin/tsc';
const FOLDERS = ['main', 'preload', 'db', 'renderer', 'test'];

/** The compiler projects: what may exist in each is a promise that the compiler keeps. */
const PROJECTS = ['main/core', 'main', 'renderer', 'test', 'resources/runtime'];

/** What needs neither Electron nor a display, in the order in which a mistake is cheapest to find. @type {readonly Step[]} */
export const STATIC_STEPS = [
  { name: 'types', commands: PROJECTS.map((project) => [TSC, '--noEmit', '-p', project]) },
  {
    name: 'lint',
    commands: [
      ['node_modules/eslint/bin/eslint.js', '-c', 'test/config/eslint.config.js', '--max-warnings=0', '.'],
    ],
  },
  {
    name: 'boundaries',
    commands: [
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        'test/config/depcruise.mjs',
        '--output-type',
        'err-long',
        ...FOLDERS,
      ],
    ],
  },
  { name: 'unused', commands: [['node_modules/knip/bin/knip.js', '-c', 'test/config/knip.json']] },
  {
    name: 'format',
    commands: [['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.']],
  },
];

/** Unit and database tests, on plain Node. @param {string} report @returns {Step} */
export function unitStep(report) {
  return {
    name: 'unit',
    takesArguments: true,
    commands: [
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--config=test/config/vitest.config.ts',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
    ],
  };
}
