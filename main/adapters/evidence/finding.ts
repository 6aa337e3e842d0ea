import { createHash } from 'node:crypto';
import type { StateFinding } from '../../core/evidence/state-finding.ts';
import { type Instant, instantOf, parseInstant } from '../../core/time.ts';
import { asText, bounded, type Json, named } from './json.ts';

/** The part of a moment that is less than a second: people read these texts. */
const FRACTION = /(?<=\d{2}:\d{2}:\d{2})\.\d{3,9}(?=Z|[+-]\d{2})/g;

type Said = Partial<StateFinding> & Pick<StateFinding, 'id' | 'source' | 'product' | 'status' | 'title'>;

/**
 * A finding with what its source says; the rest is unknown and the duty is the customer's. Texts are brought to one line and
 * bounded. The pattern `other` is looked up later by the check and the title.
 */
export function findingOf(said: Said): StateFinding {
  const whole: StateFinding = {
    seenAt: null,
    since: null,
    severity: 'unknown',
    pattern: 'other',
    owner: 'customer',
    detail: '',
    resource: '',
    region: '',
    account: '',
    control: '',
    ...said,
  };
  return {
    ...whole,
    id: bounded(whole.id, 512),
    product: bounded(oneLine(whole.product), 100),
    title: bounded(oneLine(whole.title), 300),
    detail: bounded(oneLine(whole.detail).replace(FRACTION, ''), 500),
    resource: bounded(whole.resource, 512),
    region: bounded(whole.region, 64),
    account: bounded(whole.account, 64),
    control: bounded(whole.control, 200),
  };
}

/** An id for a finding that has none of its own: the same for the same parts in every scan. */
export function idFrom(source: string, ...parts: readonly string[]): string {
  return `${source}:${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 40)}`;
}

/** The source's own id, unless it is missing or a placeholder such as `<finding_uid>`. */
export function ownId(text: string): string | null {
  return text === '' || text.startsWith('<') ? null : text;
}

const SEVERITIES: Readonly<Record<string, StateFinding['severity']>> = {
  critical: 'critical',
  fatal: 'critical',
  high: 'high',
  medium: 'medium',
  moderate: 'medium',
  low: 'low',
  info: 'info',
  informational: 'info',
};

/** How bad, by the source's own word. */
export function severityOf(word: string): StateFinding['severity'] {
  return named(SEVERITIES, word.toLowerCase()) ?? 'unknown';
}

/**
 * A moment as tools print it: ISO 8601, with a space in place of the T, or seconds or milliseconds since 1970. One without a
 * zone is taken as UTC, which its adapter says in its notes where the tool may have meant local time.
 */
export function momentIn(value: Json | undefined): Instant | null {
  if (typeof value === 'number') {
    const ms = value < 1e11 ? value * 1000 : value;
    return ms > 0 && ms < 8e15 ? safeInstant(Math.round(ms)) : null;
  }
  const text = asText(value).trim();
  return parseInstant(text) ?? parseInstant(`${text}Z`);
}

function safeInstant(ms: number): Instant | null {
  return ms < Date.UTC(9999, 11, 31) ? instantOf(ms) : null;
}

/** The region and account in an ARN; '' where it names none. */
export function placeOfArn(arn: string): { readonly region: string; readonly account: string } {
  const parts = arn.startsWith('arn:') ? arn.split(':') : [];
  return { region: parts[3] ?? '', account: parts[4] ?? '' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
