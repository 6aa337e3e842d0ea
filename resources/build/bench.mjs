/*
 * Runs one measurement: `npm run bench -- NAME [ITS OPTIONS]`, where NAME is that of a file in `test/bench`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve(import.meta.dirname, '../../test/bench');
const [name = '', ...options] = process.argv.slice(2);
const names = [...new Set(readdirSync(FOLDER).map((file) => file.replace(/\.bench\.(mjs|ts)$/, '')))].sort();

if (!names.includes(name)) {
  console.error(`npm run bench -- NAME, where NAME is one of: ${names.join(', ')}.`);
  process.exit(2);
}
const script = path.join(FOLDER, `${name}.bench.mjs`);
const vitest = path.resolve(FOLDER, '../../node_modules/vitest/vitest.mjs');
const command = existsSync(script)
  ? [script, ...options]
  : [
      vitest,
      'bench',
      '--run',
      '--root',
      path.resolve(FOLDER, '../..'),
      path.join(FOLDER, `${name}.bench.ts`),
    ];
process.exitCode = spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 3;
