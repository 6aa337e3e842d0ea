import { addMinutes, type Instant } from '../time.ts';
import type { StateFinding } from './state-finding.ts';

/** What ends within so many days after onset is about to. */
const SOON_DAYS = 30;

/**
 * A finding as it stood when an incident began. An export says when a certificate ends and not what time it was: whether that
 * had passed shows only against onset.
 */
export function findingAt(finding: StateFinding, onset: Instant): StateFinding {
  if (finding.pattern !== 'expiring_certificate' || finding.status !== 'unknown' || finding.since === null)
    return finding;
  if (finding.since <= onset) return { ...finding, status: 'failing', pattern: 'expired_certificate' };
  const soon = finding.since <= addMinutes(onset, SOON_DAYS * 24 * 60);
  // Its end is still to come: that date is no cause.
  return {
    ...finding,
    status: soon ? 'failing' : 'passing',
    since: null,
    detail: [`ends ${finding.since.slice(0, 10)}`, finding.detail].filter((part) => part !== '').join('; '),
  };
}
