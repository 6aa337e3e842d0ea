import { ROOMS } from './import-rules.js';

/** Turns the table of import rules into dependency-cruiser's rules, so that there is one table. */
export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one concern in two places, or two in one.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-unresolved',
      comment: 'An import that nothing answers to.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vite/client|electron)' },
    },
    ...ROOMS.flatMap(rulesFor),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(css|json|svg|html)$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};

function rulesFor({ from, may, packages, reason }) {
  const each = from.endsWith('/*');
  const base = each ? from.slice(0, -2) : from;
  const room = each ? `^${base}/([^/]+)/` : from.endsWith('.ts') ? `^${base}$` : `^${base}/`;
  const own = each ? [`^${base}/$1/`] : [room];
  const allowed = may.map((path) => (path.endsWith('.ts') ? `^${path}$` : `^${path}/`));
  const outside = packages.map((name) => `(^|node_modules/)(@types/)?${name}(/|$)`);
  return [
    {
      name: `${from} imports`,
      comment: reason,
      severity: 'error',
      from: { path: room },
      to: { path: '^(main|preload|renderer|db|test|resources)/', pathNot: [...own, ...allowed] },
    },
    {
      name: `${from} packages`,
      comment: reason,
      severity: 'error',
      from: { path: room },
      to: {
        dependencyTypes: [
          'npm',
          'npm-dev',
          'npm-no-pkg',
          'npm-unknown',
          ...(packages.includes('node') ? [] : ['core']),
        ],
        pathNot: outside,
      },
    },
  ];
}
