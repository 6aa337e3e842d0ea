import { defineConfig } from 'vitest/config';

/** Unit and database tests, on plain Node. End-to-end tests have a runner of their own (playwright.config.ts). */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  test: {
    include: ['test/**/*.test.ts'],
    setupFiles: ['test/config/property-seed.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
