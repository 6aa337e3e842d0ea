import { expect, test } from 'vitest';
import type { PlaybookOperations } from '../../db/playbook-api.ts';
import { minute, temporaryFolder, testClient, testStore, value } from '../support/database.ts';

function version(after: number, text: string): PlaybookOperations['addTeamVersion']['args'] {
  const bytes = new TextEncoder().encode(text);
  return {
    id: 'ours',
    after,
    bytes,
    version: `1.0.${after}`,
    at: minute(after),
    actor: 'Ana',
    changes: [text],
  };
}

test('every saved version of a playbook is kept, newest first, and saving clears the draft', async () => {
  const client = testClient();
  const draft = { text: '{"half', at: minute(0), by: 'Ana' };
  value(await client.call('putTeamDraft', { id: 'ours', draft }));
  expect(value(await client.call('listTeamPlaybooks', {}))).toEqual([
    { id: 'ours', draft, withdrawn: false, versions: [] },
  ]);
  const first = value(await client.call('addTeamVersion', version(0, 'one')));
  const second = value(await client.call('addTeamVersion', version(1, 'two')));
  const [ours] = value(await client.call('listTeamPlaybooks', {}));
  expect(ours).toMatchObject({ draft: null, versions: [second, first] });
  const blob = value(await client.call('getBlob', { sha256: first.sha256 }));
  expect(new TextDecoder().decode(blob.bytes)).toBe('one');
});

test('a version that does not follow the newest is refused, and leaves draft and versions as they are', async () => {
  const client = testClient();
  value(await client.call('addTeamVersion', version(0, 'one')));
  const draft = { text: '{}', at: minute(5), by: 'Bo' };
  value(await client.call('putTeamDraft', { id: 'ours', draft }));
  expect(await client.call('addTeamVersion', version(0, 'other'))).toMatchObject({
    error: { code: 'conflict' },
  });
  const [ours] = value(await client.call('listTeamPlaybooks', {}));
  expect(ours?.draft).toEqual(draft);
  expect(ours?.versions.map(({ number }) => number)).toEqual([1]);
});

test('throwing a draft away forgets a playbook that was never saved, and only such a one', async () => {
  const client = testClient();
  value(await client.call('addTeamVersion', version(0, 'one')));
  for (const id of ['ours', 'never_saved']) {
    value(await client.call('putTeamDraft', { id, draft: { text: '{}', at: minute(1), by: 'Ana' } }));
    value(await client.call('putTeamDraft', { id, draft: null }));
  }
  expect(value(await client.call('listTeamPlaybooks', {})).map(({ id }) => id)).toEqual(['ours']);
});

test('withdrawing keeps the versions, and can be taken back', async () => {
  const client = testClient();
  value(await client.call('addTeamVersion', version(0, 'one')));
  value(await client.call('setTeamWithdrawn', { id: 'ours', withdrawn: true }));
  expect(value(await client.call('listTeamPlaybooks', {}))[0]).toMatchObject({
    withdrawn: true,
    versions: [{ number: 1 }],
  });
  value(await client.call('setTeamWithdrawn', { id: 'ours', withdrawn: false }));
  expect(value(await client.call('listTeamPlaybooks', {}))[0]?.withdrawn).toBe(false);
  expect(await client.call('setTeamWithdrawn', { id: 'gone', withdrawn: true })).toMatchObject({
    error: { code: 'not_found' },
  });
});

test.each([
  ['changed', `UPDATE team_playbook_version SET version = '9.9.9'`, /never changed/],
  ['deleted', 'DELETE FROM team_playbook_version', /never deleted/],
])('the database itself refuses that a version is %s', async (_, sql, message) => {
  const folder = temporaryFolder();
  const client = testClient(folder);
  value(await client.call('addTeamVersion', version(0, 'one')));
  await client.close();
  const { db } = await testStore(folder);
  expect(() => db.prepare(sql).run()).toThrow(message);
});
