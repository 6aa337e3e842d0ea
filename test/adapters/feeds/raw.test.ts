import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { rawEvents } from '../../../main/adapters/feeds/registry.ts';
import type { FeedKind, ProviderEvent } from '../../../main/core/feeds/model.ts';
import { Instant } from '../../../main/core/time.ts';
import { recordings } from '../../support/recordings.ts';
import { bytesOf, fixture, fixtures, read, recording } from './fixtures.ts';
import { RECORDED } from './recorded-numbers.ts';

const CONTEXT = { fetchedAt: Instant.parse('2031-03-02T13:30:00.000Z') };

/** Events whose raw has neither their own id nor their title nor what these are made of. */
function without(kind: FeedKind, bytes: Uint8Array): readonly string[] {
  const { events } = read(kind, bytes);
  const raws = rawEvents(
    kind,
    bytes,
    CONTEXT,
    events.map(({ nativeId }) => nativeId),
  );
  return events
    .filter((event, at) => !tells(raws[at]?.text ?? '', event))
    .map(({ nativeId, title }) => `${nativeId} ${title}`);
}

/** Ids that are made of parts (`ec2-us-west-2_1930220820`, `component:ID`, `/subscriptions/…@TIME`) are told by their parts. */
function tells(text: string, { nativeId, title }: ProviderEvent): boolean {
  const parts = nativeId.split(/^component:|^page:|^system:|@(?=\d{4}-)|_(?=\d{10}$)| /).filter(Boolean);
  const written = text.replaceAll('\\"', '"');
  return text !== '' && (written.includes(title) || parts.some((part) => written.includes(part)));
}

describe('what the provider wrote', () => {
  test.each(fixtures().map(({ name, kind, bytes }) => [name, kind, bytes] as const))(
    'is there for every event of %s',
    (_, kind, bytes) => {
      expect(without(kind, bytes)).toEqual([]);
    },
  );

  const folder = recordings();
  const there = RECORDED.filter(
    ({ file }) => folder !== null && existsSync(path.join(folder, 'feeds', file)),
  );
  test('is there for every event of every recording', () => {
    const missing = there.flatMap(({ file, kind }) =>
      without(kind, recording(file) ?? new Uint8Array()).map((event) => `${file}: ${event}`),
    );
    expect(missing).toEqual([]);
  });

  test('is the item itself, whole and indented', () => {
    const bytes = fixture('gcp-traps.json');
    const items: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const written = (items as { id?: string }[]).find(({ id }) => id === 'recovering');
    const [raw] = rawEvents('gcp_incidents', bytes, CONTEXT, ['recovering']);
    expect(raw?.text).toBe(JSON.stringify(written, null, 2));
    expect([raw?.form, raw?.items, raw?.cut]).toEqual(['json', 1, false]);
  });

  test('is every post of an event of AWS RSS, tags and attributes as written', () => {
    const bytes = fixture('aws-traps.rss');
    const [raw] = rawEvents('aws_rss', bytes, CONTEXT, ['ec2-us-west-2_1930220820']);
    const document = new TextDecoder().decode(bytes);
    const posts = raw?.text.split('\n\n').filter((post) => post.startsWith('<item')) ?? [];
    expect(raw?.form).toBe('xml');
    expect(posts).toHaveLength(raw?.items ?? 0);
    expect(posts.length).toBeGreaterThan(1);
    for (const post of posts) {
      const guid = /<guid[\s\S]*?<\/guid>/.exec(post)?.[0] ?? 'no guid';
      expect(guid).toContain('#ec2-us-west-2_');
      expect(document).toContain(guid);
    }
  });

  test('takes no item out of CDATA, comments or another item', () => {
    const bytes = bytesOf(
      `<rss><channel><title>Azure Status</title><!-- <item><title>no</title></item> -->
        <item><title>A - East US</title><description><![CDATA[</item><item>no]]></description></item>
        <item><guid isPermaLink="false">two</guid><title>B - West US</title><x><item>inner</item></x></item>
      </channel></rss>`,
    );
    const [first, second] = rawEvents('azure_rss', bytes, CONTEXT, ['A - East US', 'two']);
    expect(first?.text).toBe(
      '<item><title>A - East US</title><description><![CDATA[</item><item>no]]></description></item>',
    );
    expect(second?.text).toBe(
      '<item><guid isPermaLink="false">two</guid><title>B - West US</title><x><item>inner</item></x></item>',
    );
  });

  test('is cut at 64 KiB, at a whole character, and says how long it is', () => {
    const body = '€'.repeat(40_000);
    const bytes = bytesOf(JSON.stringify({ incidents: [{ id: 'long', name: 'long', body }] }));
    const [raw] = rawEvents('statuspage', bytes, CONTEXT, ['long']);
    expect(raw?.cut).toBe(true);
    expect(raw?.size).toBeGreaterThan(120_000);
    expect(new TextEncoder().encode(raw?.text).byteLength).toBeLessThanOrEqual(65_536);
    expect(raw?.text).toMatch(/€$/);
  });

  test('is null for an event that the bytes do not tell of', () => {
    expect(rawEvents('gcp_incidents', fixture('gcp-traps.json'), CONTEXT, ['another'])).toEqual([null]);
    expect(rawEvents('gcp_incidents', bytesOf('[{'), CONTEXT, ['another'])).toEqual([null]);
  });
});
