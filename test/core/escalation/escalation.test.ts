import { describe, expect, test } from 'vitest';
import { Contact } from '../../../main/core/escalation/contact.ts';
import {
  layOut,
  levelStatus,
  overdueLevels,
  type RecordedPage,
} from '../../../main/core/escalation/escalation.ts';
import { PageId } from '../../../main/core/ids.ts';
import { addMinutes, Instant } from '../../../main/core/time.ts';

const START = Instant.parse('2025-06-12T18:21:00.000Z');

function contact(id: string, role: string): Contact {
  return Contact.parse({
    id,
    name: id,
    role,
    organisation: '',
    phone: '+44 20 7946 0101',
    mail: '',
    note: '',
  });
}

const DESK = contact('desk', 'provider_support');
const LEAD = contact('lead', 'incident_lead');

const [SUPPORT, OWN] = layOut(
  [
    {
      id: 'support',
      title: 'Support case',
      who: 'provider_support',
      instruction: 'Open one.',
      deadlineMinutes: 15,
    },
    { id: 'own', title: 'Our lead', who: 'incident_lead', instruction: 'Tell.', deadlineMinutes: 45 },
  ],
  [DESK, LEAD],
  START,
) as [Level, Level]; // layOut keeps the number of levels
type Level = ReturnType<typeof layOut>[number];

function page(levelId: string, outcome: RecordedPage['outcome'], minute: number): RecordedPage {
  const at = addMinutes(START, minute);
  return { id: PageId.parse('p'), levelId, contactName: 'desk', outcome, note: '', at, by: 'a.ruiz' };
}

test('a policy is laid out from its start, with the contacts of each role as they are then', () => {
  expect([SUPPORT, OWN]).toEqual([
    {
      id: 'support',
      title: 'Support case',
      who: 'provider_support',
      instruction: 'Open one.',
      due: '2025-06-12T18:36:00.000Z',
      contacts: [DESK],
    },
    {
      id: 'own',
      title: 'Our lead',
      who: 'incident_lead',
      instruction: 'Tell.',
      due: '2025-06-12T19:06:00.000Z',
      contacts: [LEAD],
    },
  ]);
});

describe('where a level stands', () => {
  test('it waits until the millisecond before it is due, and is overdue from then on', () => {
    expect(levelStatus(SUPPORT, [], Instant.parse('2025-06-12T18:35:59.999Z'))).toBe('waiting');
    expect(levelStatus(SUPPORT, [], SUPPORT.due)).toBe('overdue');
  });

  test('an attempt without an answer changes nothing', () => {
    expect(levelStatus(SUPPORT, [page('support', 'no_answer', 5)], addMinutes(START, 10))).toBe('waiting');
    expect(levelStatus(SUPPORT, [page('support', 'no_answer', 5)], addMinutes(START, 20))).toBe('overdue');
  });

  test('an answer ends the waiting, also one that came late', () => {
    expect(levelStatus(SUPPORT, [page('support', 'answered', 30)], addMinutes(START, 31))).toBe('answered');
  });

  test('done outranks answered, in whichever order they came', () => {
    const pages = [page('support', 'done', 6), page('support', 'answered', 9)];
    expect(levelStatus(SUPPORT, pages, addMinutes(START, 10))).toBe('done');
  });

  test('a page to another level does not count', () => {
    expect(levelStatus(SUPPORT, [page('own', 'answered', 5)], addMinutes(START, 20))).toBe('overdue');
  });
});

test('overdue are the levels whose deadline has passed with nobody reached', () => {
  const escalation = {
    verdict: 'provider',
    startedAt: START,
    levels: [SUPPORT, OWN],
    pages: [],
    passed: [],
  } as const;
  const ids = (minute: number, pages: readonly RecordedPage[] = []) =>
    overdueLevels({ ...escalation, pages }, addMinutes(START, minute)).map(({ id }) => id);
  expect([ids(14), ids(15), ids(45), ids(45, [page('support', 'answered', 12)])]).toEqual([
    [],
    ['support'],
    ['support', 'own'],
    ['own'],
  ]);
});
