import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { asText, type JsonObject } from '../../../main/adapters/evidence/json.ts';
import { rowScanner } from '../../../main/adapters/evidence/scan-rows.ts';
import { errorRuleOf } from '../../../main/core/evidence/error-table.ts';
import { recordings } from '../../support/recordings.ts';
import { TABLES } from './evidence.ts';

const folder = recordings();

function rowsOf(file: string): Record<string, string>[] {
  const rows: Record<string, string>[] = [];
  const take = (row: JsonObject): void => {
    rows.push(Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, asText(cell)])));
  };
  const faults: string[] = [];
  const scanner = rowScanner(
    { onRow: take, onFault: (offset, reason) => faults.push(`${offset}: ${reason}`) },
    { objectBytes: 10_000, depth: 1 },
  );
  scanner.push(readFileSync(path.join(folder ?? '', file)));
  scanner.finish();
  expect(faults).toEqual([]);
  return rows;
}

describe.runIf(folder !== null)('the researched tables', () => {
  test('of changes is in ours, row by row: 305', () => {
    const rows = rowsOf('cloudtrail-change-events.csv');
    const missing = rows.filter(({ eventSource = '', eventName = '' }) => {
      // The research writes one service under two names; its events come from application-autoscaling.
      const source = eventSource.includes(' ') ? 'application-autoscaling.amazonaws.com' : eventSource;
      return TABLES.changes.rules.get(source)?.has(eventName) !== true;
    });
    expect([rows.length, missing]).toEqual([305, []]);
  });

  test('of errors is in ours, family by family: 25 rows, 87 codes', () => {
    const sides: Readonly<Record<string, string>> = {
      customer: 'customer',
      'mostly customer': 'customer',
      'customer with provider action': 'customer',
      'customer or network': 'either',
      ambiguous: 'either',
      neither: 'either',
      provider: 'provider',
    };
    const rows = rowsOf('cloudtrail-error-sides.csv');
    const wrong: string[] = [];
    let codes = 0;
    for (const { error_codes = '', side = '' } of rows) {
      const source = error_codes.startsWith('Lambda') ? 'lambda.amazonaws.com' : '';
      for (const part of error_codes.replace(/Lambda |\(.*?\)/g, '').split(/ \/ |, /)) {
        const code = part.trim().replace(/^(Client|Server)\./, '');
        // Prose, patterns, and a status: that alone is nobody's fault in our table.
        if (!/^\w+$/.test(code) || code === '503') continue;
        codes += 1;
        const found = errorRuleOf(code, source, TABLES.errors)?.side;
        if (found !== sides[side]) wrong.push(`${code}: ${String(found)}, not ${side}`);
      }
    }
    expect([rows.length, codes, wrong]).toEqual([25, 87, []]);
  });

  test('of modelled faults: what names our own key, subnet or group is not the provider’s for its status', () => {
    const rows = rowsOf('evidence/aws-errors/aws-error-faults.csv');
    const byServer = rows.filter(
      (row) => row['modelled_fault'] === 'server' || row['http_status']?.startsWith('5') === true,
    );
    const sideOf = (row: Record<string, string>): string =>
      errorRuleOf(row['error_code'] ?? '', `${row['service'] ?? ''}.amazonaws.com`, TABLES.errors)?.side ??
      'open';
    const counts: Record<string, number> = {};
    for (const row of byServer) counts[sideOf(row)] = (counts[sideOf(row)] ?? 0) + 1;
    expect([rows.length, counts]).toEqual([1657, { customer: 14, either: 4, provider: 38 }]);
    // Of Lambda's fifteen, those that name the customer's key, subnet, group or package are the customer's.
    const lambda = byServer.filter((row) => row['service'] === 'lambda' && sideOf(row) === 'provider');
    expect(lambda.map((row) => row['error_code'])).toEqual([
      'EC2UnexpectedException',
      'ENINotReadyException',
      'ServiceException',
    ]);
  });

  test('for a status that stands alone', () => {
    expect(['500', '502', '503', '504'].map((code) => errorRuleOf(code, '', TABLES.errors)?.side)).toEqual([
      'either',
      'either',
      'either',
      'either',
    ]);
  });
});
