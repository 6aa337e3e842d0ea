import path from 'node:path';
import { defineConfig } from '@playwright/test';

const ROOT = path.resolve(import.meta.dirname, '../..');
const RESULTS = path.join(ROOT, '.out/test-results');

/** End-to-end tests in a real window, one at a time: each has the display to itself. */
export default defineConfig({
  testDir: path.join(ROOT, 'test/e2e'),
  outputDir: path.join(RESULTS, 'e2e'),
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: path.join(RESULTS, 'e2e.json') }]],
  projects: [
    { name: 'e2e', testMatch: '*.spec.ts' },
    // What `npm start` plays where there is no display; it leaves pictures and exports instead of proofs.
    { name: 'showcase', testMatch: 'showcase.ts', timeout: 600_000 },
  ],
});
