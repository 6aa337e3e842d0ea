import { readFileSync } from 'node:fs';

/**
 * How many tests passed and failed, told from the reports of vitest and Playwright.
 *
 * @param {string | null} unitReport
 * @param {string | null} endToEndReport
 */
export function countTests(unitReport, endToEndReport) {
  const unit = unitReport ? readReport(unitReport) : {};
  const stats = endToEndReport ? readReport(endToEndReport).stats : {};
  return {
    passed: (unit.numPassedTests ?? 0) + (stats.expected ?? 0) + (stats.flaky ?? 0),
    failed: (unit.numFailedTests ?? 0) + (stats.unexpected ?? 0),
  };
}

/** @param {string} file */
function readReport(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
