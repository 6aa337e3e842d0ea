import { expect, test } from 'vitest';
import { bytesOf, fixture, line, read, recording } from './fixtures.ts';

test('Slack: Pacific offsets, an id that is a number or a text, notes without their HTML', () => {
  const { events } = read('slack', fixture('slack.traps.json'));
  expect(events.map(line)).toEqual([
    '546 issue open degraded 2031-03-02T12:00:00.000Z  2031-03-02T12:00:00.000Z',
    '547 issue closed outage 2031-03-01T12:00:00.000Z 2031-03-01T13:00:00.000Z 2031-03-01T12:00:00.000Z',
    '548 notice open information 2031-03-01T12:00:00.000Z  2031-03-01T12:00:00.000Z',
  ]);
  expect(events[0]?.updates.map(({ text }) => text)).toEqual(['We look.', 'More soon.']);
  expect(read('slack', bytesOf('{"status": "ok", "active_incidents": []}')).feedState).toBe('empty');
});

test('Heroku: state decides over "resolved", last words over "upcoming", and a red system speaks for itself', () => {
  const { events } = read('heroku', fixture('heroku.traps.json'));
  expect(events.map(line)).toEqual([
    '1 issue closed degraded 2031-03-02T10:00:00.000Z 2031-03-02T11:00:00.000Z 2031-03-02T10:00:00.000Z',
    '2 maintenance closed information 2031-01-01T10:00:00.000Z 2031-01-01T12:00:00.000Z 2031-01-01T10:00:00.000Z',
    '3 maintenance upcoming unknown 2031-03-09T10:00:00.000Z  2031-03-01T10:00:00.000Z',
    'system:Data issue open outage   ',
  ]);
  const green = '{"status": [{"system": "Apps", "status": "green"}], "incidents": [], "scheduled": []}';
  expect(read('heroku', bytesOf(green)).feedState).toBe('empty');
});

test('Salesforce: the earliest impact is the start, all impacts over is the end', () => {
  const { events } = read('salesforce_trust', fixture('salesforce_trust.traps.json'));
  expect(events.map(line)).toEqual([
    'INC-1 issue open outage 2031-03-02T11:55:00.000Z  2031-03-02T12:30:00.000Z',
    '20000002 issue closed degraded 2031-03-01T12:00:00.000Z 2031-03-01T12:20:00.000Z 2031-03-01T12:30:00.000Z',
    '20000003 maintenance upcoming unknown 2031-03-09T12:00:00.000Z  2031-02-01T12:00:00.000Z',
  ]);
  expect(events.map(({ title, regions }) => [title, regions])).toEqual([
    ['Search is slow', ['EU40', 'EU41']],
    ['20000002', ['NA1']],
    ['Release', ['EU40']],
  ]);
});

test('Oracle Cloud: one event per region that is not all normal; a page without regions is no quiet page', () => {
  const { events } = read('oracle_cloud', fixture('oracle_cloud.traps.json'));
  expect(events.map(line)).toEqual(['eu-frankfurt-1 ocid1.x issue open outage   ']);
  expect(events[0]).toMatchObject({ services: ['Networking', 'Block Volume'], regions: ['eu-frankfurt-1'] });
  expect(read('oracle_cloud', bytesOf('{"regionHealthReports": []}')).feedState).toBe('unreadable');
  const status =
    '{"page": {"id": "x"}, "status": {"indicator": "none", "description": "Normal Performance"}}';
  expect(read('oracle_cloud', bytesOf(status)).feedState).toBe('unreadable');
});

/** As incident.io's compatible endpoint writes it: ULIDs, null lists, no components, no started_at. */
const INCIDENT_IO = JSON.stringify({
  incidents: [
    {
      id: '01JZX3Y5V6W7X8Y9Z0A1B2C3D4',
      name: 'Errors',
      status: 'resolved',
      impact: 'minor',
      created_at: '2031-03-02T12:00:00.000Z',
      incident_updates: [{ status: 'resolved', body: 'Over.', created_at: '2031-03-02T13:00:00.000Z' }],
    },
  ],
  scheduled_maintenances: null,
});

test('incident.io: every incident has a start, a first word and an end, without started_at and components', () => {
  const real = recording('statuspage/raw_incidents/openai_incidentio_incidents_raw.json');
  const { feedState, events, rejected } = read('statuspage', real ?? bytesOf(INCIDENT_IO));
  const whole = events.filter(
    ({ nativeId, claimedStart, claimedEnd, publishedAt, updates }) =>
      /^[0-9A-HJKMNP-TV-Z]{26}$/.test(nativeId) &&
      claimedStart &&
      claimedEnd &&
      publishedAt &&
      updates.length > 0,
  );
  expect([feedState, events.length, whole.length, rejected]).toEqual([
    'ok',
    real === null ? 1 : 30,
    real === null ? 1 : 30,
    [],
  ]);
});
