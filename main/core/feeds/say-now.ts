import type { FeedKind, FeedReading, ProviderEvent } from './model.ts';
import type { Provider } from '../sides.ts';

/** What a reading says at this moment, in one sentence and without an incident to compare it with. */
export function saysNow({ feedState, reason, events, rejected }: FeedReading): string {
  if (feedState !== 'ok') return reason ?? 'The feed could not be read.';
  const open = events.filter(isNow);
  const upcoming = events.filter(({ lifecycle }) => lifecycle === 'upcoming').length;
  const parts = [
    open.length === 0 ? `None of ${counted(events.length, 'event')} is open` : openWords(open),
    upcoming === 0 ? '' : `${upcoming} announced`,
    rejected.length === 0 ? '' : `${counted(rejected.length, 'item')} could not be read`,
  ].filter((part) => part !== '');
  return `${parts.join('; ')}.`;
}

/** Whose events a feed of this kind tells; a status page's are of a vendor that is none of the three clouds. */
export function providerOfKind(kind: FeedKind): Provider {
  if (kind.startsWith('gcp_')) return 'gcp';
  if (kind.startsWith('aws_')) return 'aws';
  return kind.startsWith('azure_') ? 'azure' : 'other';
}

function isNow({ lifecycle }: ProviderEvent): boolean {
  return lifecycle === 'open' || lifecycle === 'recovering';
}

function openWords(open: readonly ProviderEvent[]): string {
  const titles = open.slice(0, 2).map(({ title }) => shortened(title));
  const more = open.length > titles.length ? ` and ${open.length - titles.length} more` : '';
  return `${open.length} open: ${titles.join(' · ')}${more}`;
}

function shortened(title: string): string {
  return title.length > 90 ? `${title.slice(0, 90).trimEnd()}…` : title.replace(/\.$/, '');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
