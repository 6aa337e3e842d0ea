import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { localText } from '../../../main/adapters/exports/markdown-moment.ts';
import { renderMarkdown } from '../../../main/adapters/exports/markdown.ts';
import { Instant } from '../../../main/core/time.ts';
import { answer, DECLARE, FILE, MATCH, reading, type Step } from '../../core/incident/fixtures.ts';
import { CHANGE, DRILL_STORY, reportAfter, STORY } from '../../core/report/fixtures.ts';

const GOLDEN = path.resolve(import.meta.dirname, '../../fixtures/exports');

function golden(name: string): string {
  return readFileSync(path.join(GOLDEN, name), 'utf8');
}

test('a live incident reads as the golden file', () => {
  const report = reportAfter(STORY, {
    coverage: ['No change seen between 11:42 and 12:38 UTC.'],
    changes: [CHANGE],
  });
  expect(renderMarkdown(report)).toBe(golden('live.md'));
});

test('a drill reads as the golden file', () => {
  expect(renderMarkdown(reportAfter(DRILL_STORY))).toBe(golden('drill.md'));
});

describe('a drill', () => {
  const markdown = renderMarkdown(reportAfter(DRILL_STORY));

  test('says DRILL in its title, its header and in every heading', () => {
    const headings = markdown.split('\n').filter((line) => line.startsWith('#'));
    expect(headings.filter((line) => !line.includes('DRILL'))).toEqual([]);
    expect(markdown).toContain('> **DRILL: a rehearsal, not a live incident.**');
    expect(markdown).toContain('| Kind | **DRILL** |');
  });

  test('cannot be taken for a live incident, which never says it', () => {
    expect(renderMarkdown(reportAfter(STORY))).not.toContain('DRILL');
  });
});

test('what is superseded is struck through and says so', () => {
  expect(renderMarkdown(reportAfter(STORY))).toContain('~~Recent change: A policy~~ (no longer stands)');
});

test('a title, a note or a name of others adds no heading, no row and no line', () => {
  const evil = fc.stringMatching(/^[\n\r|#`<>[\]()*_~\\ a!-]{1,40}$/).filter((value) => value.trim() !== '');
  const lineCount = (value: string) => {
    const steps: readonly Step[] = [
      [0, { ...DECLARE, scope: { ...DECLARE.scope, title: value, workload: value, services: [value] } }],
      [1, { ...FILE, evidence: { ...FILE.evidence, name: value, summary: 'x' } }],
      [
        2,
        reading({
          saying: 'matching',
          matches: [{ ...MATCH, title: value, reason: value, nativeId: value }],
        }),
      ],
      [3, answer('o-1', 'status', ['silent'], { note: 'x' }), value],
    ];
    const change = { ...CHANGE, record: { ...CHANGE.record, principal: value, name: value, detail: value } };
    const lines = renderMarkdown(reportAfter(steps, { changes: [change] })).split('\n');
    return { lines: lines.length, headings: lines.filter((line) => /^#/.test(line)).length };
  };
  const plain = lineCount('plain');
  fc.assert(
    fc.property(evil, (value) => {
      expect(lineCount(value)).toEqual(plain);
    }),
    { numRuns: 100 },
  );
});

test('local time stands with its offset, and with its day where that differs', () => {
  const at = Instant.parse('2025-06-12T19:02:00.000Z');
  expect([120, 0, 330, -480, 300].map((offsetMinutes) => localText({ at, offsetMinutes }))).toEqual([
    '21:02 +02:00',
    '19:02 +00:00',
    '2025-06-13 00:32 +05:30',
    '11:02 -08:00',
    '2025-06-13 00:02 +05:00',
  ]);
});
