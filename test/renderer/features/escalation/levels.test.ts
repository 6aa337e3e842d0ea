import { describe, expect, it } from 'vitest';
import {
  levelStatus,
  type Escalation,
  type PageOutcome,
  type RecordedPage,
} from '../../../../main/core/escalation/escalation.ts';
import { PageId } from '../../../../main/core/ids.ts';
import { addMinutes, instantOf } from '../../../../main/core/time.ts';
import { levelStandings, pressing } from '../../../../renderer/features/escalation/levels.ts';

const start = instantOf(Date.UTC(2025, 5, 12, 18));

function level(id: string, minutes: number): Escalation['levels'][number] {
  return {
    id,
    title: id,
    who: 'incident_lead',
    instruction: 'Call.',
    due: addMinutes(start, minutes),
    contacts: [],
  };
}

function page(levelId: string, outcome: PageOutcome): RecordedPage {
  return {
    id: PageId.parse(`${levelId}-${outcome}`),
    levelId,
    contactName: 'M. Okafor',
    outcome,
    note: '',
    at: start,
    by: 'A. Ruiz',
  };
}

describe('levelStandings', () => {
  it('says of every level at every moment what the core says', () => {
    const outcomes: PageOutcome[][] = [
      [],
      ['no_answer'],
      ['answered'],
      ['done'],
      ['no_answer', 'answered', 'done'],
    ];
    for (const tried of outcomes) {
      const escalation: Escalation = {
        verdict: 'provider',
        startedAt: start,
        levels: [level('call', 15)],
        pages: tried.map((outcome) => page('call', outcome)),
        passed: [],
      };
      for (const minute of [0, 14.99, 15, 15.01, 90]) {
        const now = addMinutes(start, minute);
        expect(levelStandings(escalation, now).map(({ status }) => status)).toEqual(
          escalation.levels.map((one) => levelStatus(one, escalation.pages, now)),
        );
      }
    }
  });
});

describe('pressing', () => {
  it('lists the levels nobody was reached for, the longest overdue first', () => {
    const escalation: Escalation = {
      verdict: 'provider',
      startedAt: start,
      levels: [level('last', 45), level('first', 15), level('reached', 5), level('second', 30)],
      pages: [page('reached', 'answered'), page('second', 'no_answer')],
      passed: ['first'],
    };
    const standings = pressing(levelStandings(escalation, addMinutes(start, 20)));
    expect(standings.map(({ level: { id }, status, leftMs }) => [id, status, leftMs / 60_000])).toEqual([
      ['first', 'overdue', -5],
      ['second', 'waiting', 10],
      ['last', 'waiting', 25],
    ]);
  });
});
