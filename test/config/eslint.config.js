import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const SOURCES = [
  'main/**/*.ts',
  'preload/**/*.ts',
  'db/**/*.ts',
  'renderer/**/*.{ts,tsx}',
  'test/**/*.{ts,tsx}',
];

export default tseslint.config(
  { ignores: ['.out/**', '.scratch/**', 'node_modules/**', 'test/fixtures/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: SOURCES, extends: [js.configs.recommended, tseslint.configs.recommendedTypeChecked] },
  {
    files: SOURCES,
    languageOptions: {
      parserOptions: {
        project: [
          'main/core/tsconfig.json',
          'main/tsconfig.json',
          'renderer/tsconfig.json',
          'test/tsconfig.json',
        ],
        tsconfigRootDir: new URL('../..', import.meta.url).pathname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'max-lines': ['error', 400],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Export by name: a name can be searched for.' },
      ],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: 'electron',
              importNames: ['ipcMain', 'ipcRenderer'],
              message:
                'Requests are registered in main/index.ts through main/ipc/register.ts, and made through the preload.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['main/core/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'Date',
          property: 'now',
          message: 'The core has no clock: let the instant arrive in an argument.',
        },
        {
          object: 'Math',
          property: 'random',
          message: 'The core has no randomness: let the value arrive in an argument.',
        },
        { object: 'crypto', property: 'randomUUID', message: 'Ids arrive in commands.' },
      ],
    },
  },
  {
    // The two ends of the wire, and the test that looks at it.
    files: ['main/index.ts', 'preload/index.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'The window makes no request of its own: ask main through the contract.' },
        { name: 'localStorage', message: 'What must survive is saved by main.' },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
    },
  },
  {
    files: ['test/config/*.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  prettier,
);
