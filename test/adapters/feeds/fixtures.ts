import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readFeed } from '../../../main/adapters/feeds/registry.ts';
import { FeedKind, type FeedReading, type ProviderEvent } from '../../../main/core/feeds/model.ts';
import { Instant } from '../../../main/core/time.ts';
import { recordings } from '../../support/recordings.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/feeds');
const FETCHED = Instant.parse('2031-03-02T13:30:00.000Z');

/** Bytes of a fixture of our own. */
export function fixture(name: string): Uint8Array {
  return readFileSync(path.join(FOLDER, name));
}

/** Every fixture of our own with the kind its name begins with: `KIND.what-it-is.json`. */
export function fixtures(): readonly { name: string; kind: FeedKind; bytes: Uint8Array }[] {
  const files = readdirSync(FOLDER).filter((name) => !name.endsWith('.md'));
  return files.map((name) => ({ name, kind: kindOf(name), bytes: fixture(name) }));
}

function kindOf(name: string): FeedKind {
  const kind = FeedKind.safeParse(name.split('.')[0]);
  if (kind.success) return kind.data;
  if (name.startsWith('gcp-')) return 'gcp_incidents';
  return name.startsWith('statuspage-') ? 'statuspage' : 'aws_rss';
}

/** What the bytes say as this kind, at the fixtures' own moment. */
export function read(kind: FeedKind, bytes: Uint8Array): FeedReading {
  return readFeed(kind, bytes, { fetchedAt: FETCHED });
}

/** Bytes of a recording under data/feeds, or null in a checkout without recordings. */
export function recording(name: string): Uint8Array | null {
  const folder = recordings();
  return folder === null ? null : readFileSync(path.join(folder, 'feeds', name));
}

/** The text's bytes in UTF-8. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** An event's facts in one line, for tables. */
export function line(event: ProviderEvent): string {
  const { nativeId, lifecycle, severity, claimedStart, claimedEnd, publishedAt } = event;
  return [nativeId, event.kind, lifecycle, severity.mapped, claimedStart, claimedEnd, publishedAt].join(' ');
}
