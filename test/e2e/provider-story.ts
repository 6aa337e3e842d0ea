import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { recordings } from '../support/recordings.ts';
import type { Declaration, Findings, Person } from './responder.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SCENARIO = path.join(ROOT, 'resources/scenarios/gcp-2025-06-12.json');

/** What an on-call engineer of 2025-06-12 found out, check by check. */
const FINDINGS: Findings = {
  error_signature: ['internal_5xx'],
  failure_scope: ['multi_region'],
  clean_canary: ['failing'],
  other_locations: ['failing'],
  independent_reports: ['many'],
  plane: ['both'],
  recent_change: ['none'],
  own_traffic: ['normal'],
  audit_log_policy_change: ['no'],
  quota_usage: ['under_limit'],
  expiry: ['valid'],
  third_party_dependency: ['not_used'],
  logging_gap: ['no'],
};

/** Before the first public word the page is silent; afterwards it speaks of us. */
export const BEFORE_FIRST_WORD: Findings = { ...FINDINGS, provider_status_page: ['no_incident'] };
export const AFTER_FIRST_WORD: Findings = { ...FINDINGS, provider_status_page: ['incident_matching_scope'] };

export const DECLARATION: Declaration = {
  title: 'Errors from every region of Google Cloud',
  onset: '2025-06-12 17:51Z',
  provider: 'Google Cloud',
  services: ['Google Cloud Storage', 'Identity and Access Management'],
  regions: ['europe-west1', 'us-central1'],
  severity: 'SEV 1',
  lead: 'A. Ruiz',
  playbook: 'General',
};

export const CONTACT: Person = {
  name: 'Cloud support desk',
  role: 'Provider support',
  phone: '+1 202 555 0143',
  mail: 'support@example.com',
};

/** A moment of that evening and the feed's bytes as they stood then. */
interface Moment {
  readonly at: string;
  readonly body: string;
}

/**
 * The feed at successive moments: the recorded ones where they are (the incident alone, as seen at each moment, and before
 * that the day's feed without it), else those of the scenario that comes with the app.
 */
export function moments(): readonly Moment[] {
  const real = recordings();
  return real ? recordedMoments(path.join(real, 'feeds/gcp')) : scenarioMoments();
}

/** The feed of 19:08 as it was whole, or the app's own where there are no recordings. */
export function wholeFeed(): string {
  const real = recordings();
  if (!real) return scenarioMoments()[1]?.body ?? '';
  return readFileSync(path.join(real, 'feeds/gcp/incidents_full_2025-06-12T1908Z.json'), 'utf8');
}

const INCIDENT = 'ow5i3PPK96RduMcb1SsW';

function recordedMoments(folder: string): readonly Moment[] {
  const whole = JSON.parse(
    readFileSync(path.join(folder, 'incidents_full_2025-06-12T1908Z.json'), 'utf8'),
  ) as readonly { readonly id: string }[];
  const before = whole.filter(({ id }) => id !== INCIDENT);
  const seen = (time: string): Moment => {
    const file = path.join(folder, '2025-06-12', `${INCIDENT}_seen_2025-06-12T${time}Z.json`);
    const at = `2025-06-12T${time.slice(0, 2)}:${time.slice(2)}:00.000Z`;
    const parsed = JSON.parse(readFileSync(file, 'utf8')) as readonly object[];
    return { at, body: JSON.stringify([...parsed, ...before]) };
  };
  return [
    { at: '2025-06-12T00:00:00.000Z', body: JSON.stringify(before) },
    seen('1908'),
    seen('1923'),
    seen('1946'),
  ];
}

function scenarioMoments(): readonly Moment[] {
  const scenario = JSON.parse(readFileSync(SCENARIO, 'utf8')) as {
    readonly onset: string;
    readonly feeds: readonly {
      readonly snapshots: readonly { readonly atMinute: number; readonly body: { readonly file: string } }[];
    }[];
  };
  return (scenario.feeds[0]?.snapshots ?? []).map(({ atMinute, body }) => ({
    at: new Date(Date.parse(scenario.onset) + atMinute * 60_000).toISOString(),
    body: readFileSync(path.join(path.dirname(SCENARIO), body.file), 'utf8'),
  }));
}

/** The newest moment by a virtual instant. */
export function bodyAt(all: readonly Moment[], at: string): string {
  return all.findLast((moment) => moment.at <= at)?.body ?? '';
}

/** Puts a scenario of one's own into a data folder: that evening, with its feed read from an address on this machine. */
export function installLoopbackScenario(dataDir: string, feedUrl: string): string {
  const scenario = JSON.parse(readFileSync(SCENARIO, 'utf8')) as Record<string, unknown>;
  const title = 'Errors from every region, with the recorded feed';
  const own = {
    ...scenario,
    id: 'gcp-2025-06-12-loopback',
    title,
    feeds: [{ feedId: 'gcp-status', name: 'Google Cloud status', kind: 'gcp_incidents', url: feedUrl }],
  };
  mkdirSync(path.join(dataDir, 'scenarios'), { recursive: true });
  writeFileSync(path.join(dataDir, 'scenarios/loopback.json'), JSON.stringify(own));
  return title;
}
