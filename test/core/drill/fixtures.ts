import { Scenario } from '../../../main/core/drill/scenario.ts';
import { ONSET } from '../incident/fixtures.ts';

/** A scenario over the small playbook: the page is silent until minute 71, nothing of ours changed. */
export const SCENARIO_DOCUMENT = {
  schemaVersion: 1,
  id: 'small-scenario',
  title: 'A small scenario',
  description: 'For the tests.',
  sources: [{ title: 'Written for the tests' }],
  provider: 'gcp',
  services: ['Cloud Run'],
  regions: ['europe-west1'],
  severity: 1,
  onset: ONSET,
  durationMinutes: 120,
  brief: 'Checkout fails.',
  feeds: [
    {
      feedId: 'gcp-status',
      name: 'Google Cloud status',
      kind: 'gcp_incidents',
      snapshots: [
        { atMinute: 0, body: '[]' },
        { atMinute: 71, body: { file: 'small/71.json' } },
      ],
    },
    { feedId: 'live', name: 'Served elsewhere', kind: 'statuspage', url: 'http://127.0.0.1:4000/feed' },
  ],
  injects: [
    { atMinute: 0, title: 'Monitoring', text: 'Errors.' },
    { atMinute: 7, title: 'Priya', text: 'Nothing changed.', side: 'customer' },
  ],
  contacts: [],
  truth: { verdict: 'provider', accept: ['shared'], explanation: 'It was theirs.', source: 'Made up' },
  expected: {
    verdictByMinute: 30,
    firstWordMinute: 71,
    goodAnswers: [
      { check: 'status', answers: ['silent'], fromMinute: 0 },
      { check: 'status', answers: ['matching'], fromMinute: 71 },
      { check: 'change', answers: ['none'], fromMinute: 7 },
    ],
  },
} as const;

export const SCENARIO = Scenario.parse(SCENARIO_DOCUMENT);
