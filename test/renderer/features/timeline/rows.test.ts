import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '../../../../main/core/report/model.ts';
import { addMinutes, instantOf } from '../../../../main/core/time.ts';
import { entryAsMarkdown, writerClock } from '../../../../renderer/features/timeline/entry-words.ts';
import { kindsOf, timelineRows } from '../../../../renderer/features/timeline/rows.ts';

const onset = instantOf(Date.UTC(2025, 5, 12, 23, 50));

function entry(seq: number, minute: number, more: Partial<TimelineItem> = {}): TimelineItem {
  return {
    seq,
    at: addMinutes(onset, minute),
    offsetMinutes: 120,
    actor: 'A. Ruiz',
    minute,
    lane: 'line',
    kind: 'note',
    title: `Entry ${seq}`,
    detail: [],
    superseded: false,
    hash: 'a'.repeat(64),
    ...more,
  };
}

const marks = (items: readonly TimelineItem[], ...kinds: TimelineItem['kind'][]): unknown[] =>
  timelineRows(items, new Set(kinds), onset).map((row) =>
    row.kind === 'onset' ? 'onset' : row.newDay ? `day ${row.item.seq}` : row.item.seq,
  );

describe('timelineRows', () => {
  it('marks the onset between what came before and after, and each new day', () => {
    expect(marks([entry(1, -20), entry(2, 0), entry(3, 5), entry(4, 15)])).toEqual([
      1,
      'onset',
      2,
      3,
      'day 4',
    ]);
  });

  it('marks the onset also where everything lies before or after it', () => {
    expect(marks([entry(1, -20), entry(2, -1)])).toEqual([1, 2, 'onset']);
    expect(marks([entry(1, 3)])).toEqual(['onset', 1]);
    expect(marks([])).toEqual([]);
  });

  it('keeps superseded entries, and leaves kinds out only when asked', () => {
    const items = [
      entry(1, 1, { kind: 'observation', superseded: true }),
      entry(2, 2, { kind: 'feed' }),
      entry(3, 3, { kind: 'observation' }),
    ];
    expect(marks(items)).toEqual(['onset', 1, 2, 3]);
    expect(marks(items, 'observation')).toEqual(['onset', 1, 3]);
    expect(kindsOf(items)).toEqual([
      { kind: 'feed', count: 1 },
      { kind: 'observation', count: 2 },
    ]);
  });
});

describe('an entry in words', () => {
  it('shows the clock of the writer, west of Greenwich and by half hours too', () => {
    const at = instantOf(Date.UTC(2025, 5, 12, 18, 34, 10));
    expect(writerClock(at, 120)).toBe('20:34:10 (UTC+02:00)');
    expect(writerClock(at, -210)).toBe('15:04:10 (UTC−03:30)');
  });

  it('goes into Markdown with its moment, its detail, its place and its hash', () => {
    const item = entry(7, 71, { title: 'Says outage', detail: ['Line one\nand two'], superseded: true });
    expect(entryAsMarkdown(item, 'DM-7')).toBe(
      [
        '- **2025-06-13 01:01:00Z** (T+71 min) ~~Says outage~~ (superseded), A. Ruiz',
        '  - Line one',
        '    and two',
        `  - DM-7, entry 7, SHA-256 \`${'a'.repeat(64)}\``,
      ].join('\n'),
    );
  });
});
