import type { Report, TrailEntry } from '../../../main/core/report/model.ts';
import { reportOf } from '../../../main/core/report/report.ts';
import { judgementOf } from '../../../main/core/incident/judgement.ts';
import { PageId } from '../../../main/core/ids.ts';
import { addMinutes, Instant } from '../../../main/core/time.ts';
import { Checkpoint } from '../../../main/core/trail/model.ts';
import {
  accept,
  answer,
  DECLARE,
  DRILL,
  FILE,
  MATCH,
  ONSET,
  play,
  PLAYBOOK,
  reading,
  withdraw,
  type Step,
} from '../incident/fixtures.ts';

const WRITER = `w-${'1'.repeat(32)}`;

/** The entries that the steps leave in a trail; hashes are the number of the entry, so that they can be told apart. */
export function trailOf(steps: readonly Step[]): readonly TrailEntry[] {
  return play(steps).events.map(({ type, data, at, offsetMinutes, actor }, index) => ({
    seq: index + 1,
    writer: WRITER,
    hash: String(index + 1).padStart(64, '0'),
    type,
    data,
    at,
    offsetMinutes,
    actor,
  }));
}

/** An incident from declaration to close, with something of everything in its trail. */
export const STORY: readonly Step[] = [
  [4, DECLARE],
  [5, reading()],
  [6, FILE],
  [7, answer('o-1', 'status', ['silent'], { note: 'Looked twice.\nStill green.' })],
  [9, answer('o-2', 'change', ['policy'], { evidence: [FILE.evidence.evidenceId] })],
  [10, answer('o-3', 'change', ['none'], { note: 'That was last week.' })],
  [12, answer('o-4', 'before', ['could_not_check'], { note: 'No access.' })],
  [71, reading({ saying: 'matching', matches: [MATCH], sha256: 'b'.repeat(64) })],
  [72, answer('o-5', 'status', ['matching']), 'p.nair'],
  [75, accept('provider'), 'p.nair'],
  [
    78,
    {
      type: 'record_page',
      page: {
        id: PageId.parse('p-1'),
        levelId: 'first',
        contactName: 'Dana',
        outcome: 'no_answer',
        note: '',
      },
    },
  ],
  [91, reading({ saying: 'matching', matches: [{ ...MATCH, claimedStart: ONSET }] })],
  [100, { type: 'amend', changes: { severity: 2 } }],
  [101, { type: 'note', text: 'Recovering in europe-west1.\nus-central1 still fails.' }],
  [102, withdraw('o-4')],
  [180, { type: 'close', summary: 'Over.' }],
];

export const CHECKPOINT = Checkpoint.parse({
  incidentId: 'i-1',
  at: '2025-06-12T21:00:00.000Z',
  count: 20,
  head: 'ab12'.repeat(16),
  chains: [{ writer: WRITER, count: 20, head: 'ab12'.repeat(16) }],
  writer: WRITER,
  publicKey: '2'.repeat(64),
  signature: '3'.repeat(128),
});

/** The report on what the steps left, three hours after onset. */
export function reportAfter(steps: readonly Step[], customer: Partial<Report['customer']> = {}): Report {
  const { state } = play(steps);
  if (state === null) throw new Error('nothing was declared');
  const generatedAt = addMinutes(ONSET, 180);
  return reportOf({
    state,
    entries: trailOf(steps),
    judgement: judgementOf(state, PLAYBOOK, generatedAt),
    playbook: PLAYBOOK,
    customer: { coverage: [], changes: [], errors: [], ...customer },
    checkpoint: CHECKPOINT,
    reference: 'DM-7',
    generatedAt,
  });
}

/** The same story as a rehearsal, with its score. */
export const DRILL_STORY: readonly Step[] = [
  [0, DRILL],
  ...STORY.slice(1, -1),
  [
    170,
    {
      type: 'finish_drill',
      score: {
        truth: 'provider',
        verdict: 'provider',
        correct: true,
        minutesToVerdict: 75,
        points: 81,
        outOf: 100,
        lines: [{ what: 'The verdict', points: 40, outOf: 40, why: 'It was provider.' }],
      },
    },
  ],
];

export const CHANGE: Report['customer']['changes'][number] = {
  record: {
    id: 'r-1',
    at: Instant.parse('2025-06-12T17:50:41.000Z'),
    source: 's3.amazonaws.com',
    name: 'PutBucketPolicy',
    region: 'us-east-1',
    account: '123',
    principal: 'arn:aws:iam::123:user/bert',
    actor: 'person',
    sourceIp: '192.0.2.1',
    userAgent: 'cli',
    readOnly: false,
    errorCode: null,
    errorMessage: null,
    resources: ['arn:aws:s3:::documents'],
    flags: ['public_principal'],
    detail: 'Reading allowed to *',
  },
  minutesBefore: 0.3,
  score: 9,
  kind: 'policy',
  reasons: ['opens it to everybody', '19 seconds before onset'],
  ambiguity: null,
  count: 1,
};
