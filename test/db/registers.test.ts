import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FeedFetch } from '../../db/api.ts';
import { runOperation } from '../../db/operations.ts';
import type { Contact } from '../../main/core/escalation/contact.ts';
import { ContactId, FeedId } from '../../main/core/ids.ts';
import { INCIDENT, minute, testClient, testStore, value } from '../support/database.ts';

test('contacts are stored, changed, listed by name and removed', async () => {
  const client = testClient();
  const contact = (id: string, name: string): Contact => ({
    id: ContactId.parse(id),
    name,
    role: 'provider_support',
    organisation: 'Example',
    phone: '+1 555 0100',
    mail: '',
    note: '',
  });
  for (const one of [contact('c1', 'zoe'), contact('c2', 'Ana'), contact('c1', 'Zoë')]) {
    value(await client.call('saveContact', { contact: one }));
  }
  expect(value(await client.call('listContacts', {}))).toEqual([contact('c2', 'Ana'), contact('c1', 'Zoë')]);
  const gone = { contactId: ContactId.parse('c2') };
  value(await client.call('deleteContact', gone));
  expect(await client.call('deleteContact', gone)).toMatchObject({ error: { code: 'not_found' } });
  expect(value(await client.call('listContacts', {}))).toEqual([contact('c1', 'Zoë')]);
});

test('feeds are stored and changed, and those that come with the app are not deleted', async () => {
  const client = testClient();
  const feed = {
    id: FeedId.parse('gcp'),
    name: 'Google Cloud',
    provider: 'gcp',
    kind: 'gcp_incidents',
    url: 'https://status.example/incidents.json',
    enabled: true,
    builtin: true,
  } as const;
  const own = { ...feed, id: FeedId.parse('own'), name: 'Own', builtin: false };
  value(await client.call('saveFeed', { feed }));
  value(await client.call('saveFeed', { feed: own }));
  value(await client.call('saveFeed', { feed: { ...feed, enabled: false } }));
  expect(value(await client.call('listFeeds', {}))).toEqual([{ ...feed, enabled: false }, own]);
  expect(await client.call('deleteFeed', { feedId: feed.id })).toMatchObject({ error: { code: 'refused' } });
  value(await client.call('deleteFeed', { feedId: own.id }));
  expect(await client.call('deleteFeed', { feedId: own.id })).toMatchObject({ error: { code: 'not_found' } });
});

test('the last reading of each feed is kept beside the last readable one', async () => {
  const client = testClient();
  const bytes = Buffer.from('[]');
  const { sha256 } = value(await client.call('putBlob', { mediaType: 'application/json', bytes }));
  const reading = (minutes: number, changes: Partial<FeedFetch>): FeedFetch => ({
    feedId: FeedId.parse('gcp'),
    incidentId: INCIDENT,
    at: minute(minutes),
    state: 'ok',
    reason: '',
    sha256,
    headers: { etag: '"1"' },
    ...changes,
  });
  const good = reading(1, { state: 'empty' });
  const bad = reading(2, { state: 'unreadable', reason: 'An HTML page came back.', sha256: null });
  const general = reading(3, { incidentId: null });
  const other = reading(4, { feedId: FeedId.parse('aws'), state: 'throttled', sha256: null });
  for (const fetch of [reading(0, {}), good, bad, general, other]) {
    value(await client.call('recordFetch', { fetch }));
  }
  expect(value(await client.call('lastFetches', { incidentId: INCIDENT }))).toEqual([
    { feedId: 'aws', last: other, lastGood: null },
    { feedId: 'gcp', last: bad, lastGood: good },
  ]);
  expect(value(await client.call('lastFetches', { incidentId: null }))).toEqual([
    { feedId: 'gcp', last: general, lastGood: general },
  ]);
  const unknown = reading(5, { sha256: 'f'.repeat(64) });
  expect(await client.call('recordFetch', { fetch: unknown })).toMatchObject({
    error: { code: 'not_found' },
  });
});

test('bytes are stored once, come back as they were, and damage to them is seen', async () => {
  const store = await testStore();
  const samples = [Buffer.alloc(0), Buffer.from('x'), Buffer.alloc(30_000, 'status '), randomBytes(5000)];
  for (const bytes of samples) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    for (const mediaType of ['text/html', 'application/json']) {
      const stored = value(await runOperation(store, 'putBlob', { mediaType, bytes: new Uint8Array(bytes) }));
      expect(stored).toEqual({ sha256, size: bytes.length });
    }
    const blob = value(await runOperation(store, 'getBlob', { sha256 }));
    expect({ ...blob, bytes: Buffer.from(blob.bytes) }).toEqual({
      sha256,
      mediaType: 'text/html',
      size: bytes.length,
      bytes,
    });
  }
  expect(store.db.prepare('SELECT count(*) AS blobs FROM blob').get()).toEqual({ blobs: samples.length });
  expect(store.db.prepare('SELECT max(length(bytes)) AS largest FROM blob').get()).toEqual({ largest: 5000 });
  store.db.exec(`UPDATE blob SET bytes = CAST('y' AS BLOB) WHERE size = 1;
    UPDATE blob SET bytes = CAST('y' AS BLOB) WHERE size = 30000`);
  for (const bytes of samples.slice(1, 3)) {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await runOperation(store, 'getBlob', { sha256 })).toMatchObject({ error: { code: 'unreadable' } });
  }
  expect(await runOperation(store, 'getBlob', { sha256: '0'.repeat(64) })).toMatchObject({
    error: { code: 'not_found' },
  });
});

test('settings and drafts keep their last value', async () => {
  const client = testClient();
  expect(value(await client.call('getSetting', { key: 'theme' }))).toBeNull();
  for (const one of ['dark', { name: 'light', since: 3 }]) {
    value(await client.call('setSetting', { key: 'theme', value: one }));
    expect(value(await client.call('getSetting', { key: 'theme' }))).toEqual(one);
  }
  const draft = (incidentId: typeof INCIDENT | null, text: string) => ({
    incidentId,
    key: 'note',
    text,
    at: minute(1),
  });
  for (const one of [draft(INCIDENT, 'We se'), draft(null, 'Chec'), draft(INCIDENT, 'We see')]) {
    value(await client.call('saveDraft', { draft: one }));
  }
  expect(value(await client.call('listDrafts', { incidentId: INCIDENT }))).toEqual([
    draft(INCIDENT, 'We see'),
  ]);
  expect(value(await client.call('listDrafts', { incidentId: null }))).toEqual([draft(null, 'Chec')]);
  value(await client.call('clearDraft', { incidentId: INCIDENT, key: 'note' }));
  expect(value(await client.call('listDrafts', { incidentId: INCIDENT }))).toEqual([]);
  expect(value(await client.call('listDrafts', { incidentId: null }))).toHaveLength(1);
});
