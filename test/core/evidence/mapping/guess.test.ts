import { describe, expect, test } from 'vitest';
import { applyMapping } from '../../../../main/core/evidence/mapping/apply.ts';
import { flatRow } from '../../../../main/core/evidence/mapping/flatten.ts';
import { guessMapping, type Guess } from '../../../../main/core/evidence/mapping/guess.ts';
import type { RowSample } from '../../../../main/core/evidence/mapping/model.ts';
import type { Row } from '../../../../main/core/evidence/mapping/row.ts';
import { isOfShape } from '../../../../main/core/evidence/mapping/shape.ts';

const REFERENCE = Date.parse('2026-03-05T00:00:00Z');

function table(fields: readonly string[], ...cells: readonly string[][]): RowSample {
  const rows = cells.map((row): Row => Object.fromEntries(fields.map((name, at) => [name, row[at] ?? ''])));
  return { shape: { format: 'table', delimiter: ',', fields: [...fields] }, rows };
}

function json(...objects: readonly object[]): RowSample {
  const rows = objects.map((object) => flatRow(object) ?? {});
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  return { shape: { format: 'json', container: 'lines', key: '', fields }, rows };
}

function guessed(sample: RowSample): Guess {
  const guess = guessMapping(sample, 'deployments', REFERENCE);
  if (guess === null) throw new Error('no time was found');
  return guess;
}

describe('a guess', () => {
  test('finds time, roles and changes in a list of deployments', () => {
    const sample = table(
      ['Started at', 'Action', 'Deployed by', 'User', 'Environment', 'Result'],
      ['2026-03-04 09:10:00', 'deploy', 'pipeline', 'ana@example.com', 'production', 'succeeded'],
      ['2026-03-04 09:20:00', 'rollback', 'pipeline', 'ana@example.com', 'production', 'failed'],
    );
    expect(guessed(sample)).toEqual({
      mapping: {
        name: 'deployments',
        shape: sample.shape,
        time: { field: 'Started at', zone: 'UTC', order: 'dmy' },
        fields: { name: 'Action', principal: 'User', resource: 'Environment', error: 'Result' },
        rows: 'changes',
      },
      timeFields: ['Started at'],
      needsZone: true,
      needsYear: false,
      order: 'not_used',
    });
  });

  test('takes the outer time, and no id for a time', () => {
    const sample = json(
      {
        id: 1772616408,
        ts: 1772616408,
        inner: { timestamp: '2026-03-04T09:26:48Z' },
        msg: 'a',
        level: 'info',
      },
      {
        id: 1772616409,
        ts: 1772616409,
        inner: { timestamp: '2026-03-04T09:26:49Z' },
        msg: 'b',
        level: 'error',
      },
    );
    const { mapping, timeFields, needsZone } = guessed(sample);
    expect(timeFields).toEqual(['ts', 'inner.timestamp']);
    expect(needsZone).toBe(false);
    expect(mapping.fields).toEqual({ error: 'level', message: 'msg' });
    expect(mapping.rows).toBe('events');
  });

  test.each([
    ['13/04/2026 10:00', 'dmy', 'known'],
    ['04/13/2026 10:00', 'mdy', 'known'],
    ['03/04/2026 10:00', 'dmy', 'open'],
  ] as const)('of %s puts the parts of the date in order', (time, order, certainty) => {
    const guess = guessed(table(['date', 'x'], [time, '1']));
    expect([guess.mapping.time.order, guess.order]).toEqual([order, certainty]);
  });

  test('is none where nothing is a time', () => {
    expect(guessMapping(table(['account', 'cost'], ['111122223333', '12.50']), 'x', REFERENCE)).toBe(null);
    expect(guessMapping(table(['number'], ['1772616408']), 'x', REFERENCE)).toBe(null);
  });

  test('does not take messages for outcomes', () => {
    const rows = Array.from({ length: 20 }, (_, at) => [
      `2026-03-04T09:26:${String(at + 10)}Z`,
      `failure ${at}`,
    ]);
    expect(guessed(table(['time', 'status'], ...rows)).mapping.fields).toEqual({});
  });
});

describe('a mapping', () => {
  const sample = json(
    {
      time: '2026-03-04T09:26:48Z',
      action: 'DELETE',
      user: 'ana@example.com',
      target: ['a', 'b'],
      status: 503,
      note: 'n',
    },
    { time: '2026-03-04T09:26:49Z', action: 'GET', user: 'svc', target: 'c', status: 200 },
  );
  const mapping = { ...guessed(sample).mapping, rows: 'changes' as const };

  test('makes a record of a row, with what it does not name in the detail', () => {
    expect(sample.rows.map((row) => applyMapping(mapping, row, REFERENCE))).toMatchObject([
      {
        kind: 'record',
        record: {
          at: '2026-03-04T09:26:48.000Z',
          source: 'deployments',
          name: 'DELETE',
          principal: 'ana@example.com',
          actor: 'person',
          readOnly: false,
          errorCode: 'HTTP 503',
          resources: ['a', 'b'],
          detail: 'note: n',
        },
      },
      { kind: 'record', record: { name: 'GET', actor: 'unknown', readOnly: true, errorCode: null } },
    ]);
  });

  test('refuses a row without a time, with the reason', () => {
    expect(applyMapping(mapping, { action: 'x' }, REFERENCE)).toEqual({
      kind: 'refused',
      reason: 'no time in time',
    });
    expect(applyMapping(mapping, { time: 'soon' }, REFERENCE)).toEqual({
      kind: 'refused',
      reason: 'time is not a time: soon',
    });
  });

  test('fits rows that have half of its fields, among them the time', () => {
    const like = (fields: string[]): boolean =>
      isOfShape(mapping, { format: 'json', container: 'lines', key: '', fields });
    expect(like(['time', 'action', 'user', 'status'])).toBe(true);
    expect(like(['action', 'user', 'status', 'target', 'note'])).toBe(false);
    expect(like(['time', 'action', 'other', 'fields'])).toBe(false);
    expect(
      isOfShape(mapping, { format: 'json', container: 'list', key: '', fields: mapping.shape.fields }),
    ).toBe(false);
  });
});
