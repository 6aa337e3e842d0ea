import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/database.ts';
import { buildScripts } from '../support/kill-build.ts';
import { demarc, demarcJson, FIXTURES, jsonFile } from './run.ts';

const HOUR = path.join(FIXTURES, 'evidence/hour.json');
let scripts: Awaited<ReturnType<typeof buildScripts<'worker'>>>;

beforeAll(async () => {
  scripts = await buildScripts({ worker: 'main/adapters/evidence/import-worker.ts' });
});

afterAll(() => {
  scripts.remove();
});

const NEW = [
  'incident',
  'new',
  '--title',
  'Denied orders',
  '--onset',
  '2026-03-04T10:30+01:00',
  '--provider',
  'aws',
];

/** A data folder with one incident in it. */
async function declared(): Promise<string> {
  const data = temporaryFolder();
  const { status } = await demarc([
    ...NEW,
    '--service',
    'Amazon S3,AWS IAM',
    '--region',
    'eu-west-1',
    '--data',
    data,
  ]);
  expect(status).toBe(0);
  return data;
}

describe('incidents', () => {
  test('a new one is shown with its current verdict, its onset in UTC', async () => {
    const data = temporaryFolder();
    const { status, json } = await demarcJson([...NEW, '--workload', 'orders', '--data', data]);
    expect(status).toBe(0);
    expect(json).toMatchObject({
      reference: 'DM-1',
      mode: 'live',
      status: 'open',
      title: 'Denied orders',
      onset: '2026-03-04T09:30:00.000Z',
      provider: 'aws',
      workload: 'orders',
      severity: 2,
      verdict: { verdict: 'inconclusive', declared: false },
      accepted: null,
    });
  });

  test('what was declared is listed and shown by the next process', async () => {
    const data = await declared();
    const listed = await demarcJson(['incident', 'list', '--data', data]);
    expect(listed.json).toMatchObject([{ reference: 'DM-1', title: 'Denied orders', status: 'open' }]);
    const shown = await demarcJson(['--data', data, 'incident', 'show', 'dm-1']);
    expect(shown.json).toMatchObject({ services: ['Amazon S3', 'AWS IAM'], regions: ['eu-west-1'] });
  });

  test('one that is not there is status 3', async () => {
    const data = temporaryFolder();
    expect(await demarc(['incident', 'show', 'DM-9', '--data', data])).toEqual({
      status: 3,
      out: '',
      err: 'There is no incident DM-9.\n',
    });
  });

  test('a title of nothing is refused with its place', async () => {
    const { status, err } = await demarc([
      'incident',
      'new',
      '--title',
      '  ',
      '--onset',
      '2026-03-04T09:30Z',
      '--data',
      temporaryFolder(),
    ]);
    expect(status).toBe(3);
    expect(err).toContain('(title)');
  });
});

describe('evidence', () => {
  test('inspect tells what a file is, without keeping anything', async () => {
    const { status, json } = await demarcJson(['evidence', 'inspect', HOUR]);
    expect(status).toBe(0);
    expect(json).toMatchObject([
      {
        recognisedAs: 'cloudtrail_records',
        records: 33,
        rejected: 0,
        window: { from: '2026-03-04T08:35:04.000Z', to: '2026-03-04T09:34:59.000Z' },
        accounts: ['111122223333'],
      },
    ]);
  });

  test('inspect tells of the files it could read, and is status 3 for the one that is not there', async () => {
    const { status, out, err } = await demarc(['evidence', 'inspect', HOUR, '/nowhere.json', '--json']);
    expect(JSON.parse(out)).toMatchObject([{ records: 33 }]);
    expect({ status, err }).toEqual({
      status: 3,
      err: '/nowhere.json: it is not there or cannot be opened.\n',
    });
  });

  test('import counts, and the same file again adds nothing', async () => {
    const data = await declared();
    const worker = pathToFileURL(scripts.script('worker'));
    const first = await demarcJson(['evidence', 'import', 'DM-1', HOUR, '--data', data], worker);
    const again = await demarcJson(['evidence', 'import', 'DM-1', HOUR, '--data', data], worker);
    expect(first).toMatchObject({
      status: 0,
      json: { files: 1, records: 33, added: 33, duplicates: 0, rejected: 0 },
    });
    expect(again).toMatchObject({ status: 0, json: { added: 0, duplicates: 33 } });
  });

  test('changes are ranked with the reason for each rank, and another onset may be asked', async () => {
    const data = await declared();
    await demarc(
      ['evidence', 'import', 'DM-1', HOUR, '--data', data],
      pathToFileURL(scripts.script('worker')),
    );
    const { json } = await demarcJson(['evidence', 'changes', 'DM-1', '--data', data]);
    const { changes } = json as { changes: { record: { name: string }; reasons: string[] }[] }; // checked right below
    const names = changes.map(({ record }) => record.name);
    expect(names.slice(0, 3)).toContain('DeleteRolePolicy');
    expect(changes.every(({ reasons }) => reasons.length > 0)).toBe(true);
    const earlier = await demarc([
      'evidence',
      'changes',
      'DM-1',
      '--onset',
      '2026-03-04T09:15Z',
      '--data',
      data,
    ]);
    expect(earlier.out).not.toContain('DeleteRolePolicy');
    expect(earlier.out).toContain('AuthorizeSecurityGroupIngress');
  });

  test('a search says how many records it finds in all, and how many of them are shown', async () => {
    const data = await declared();
    await demarc(
      ['evidence', 'import', 'DM-1', HOUR, '--data', data],
      pathToFileURL(scripts.script('worker')),
    );
    const search = ['evidence', 'search', 'DM-1', '--data', data];
    const some = await demarcJson([...search, 'amazonaws', '--limit', '5']);
    expect(some.json).toMatchObject({ found: 33, shown: 5, more: true });
    const { out } = await demarc([...search, 'amazonaws', '--limit', '5']);
    expect(out.split('\n').at(-2)).toBe('33 records hold this; shown: the newest 5.');

    const errors = await demarcJson([...search, 'amazonaws', '--kind', 'errors', '--limit', '100']);
    const { found, shown, records } = errors.json as { found: number; shown: number; records: unknown[] }; // checked right below
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(33);
    expect([shown, records.length]).toEqual([found, found]);
    const none = await demarc([...search, 'nothingOfThatName']);
    expect(none.out).toBe('No record holds all of this.\n');
    const { out: one } = await demarc([...search, 'DeleteRolePolicy']);
    expect(one).toContain('1 record holds this; shown: it.');
  });

  test('changes of an incident without evidence could not be told', async () => {
    const { status, err } = await demarc(['evidence', 'changes', 'DM-1', '--data', await declared()]);
    expect({ status, err }).toEqual({
      status: 3,
      err: 'No evidence has been imported into this incident.\n',
    });
  });
});

describe('export and verify', () => {
  /** An incident that was exported into a folder. */
  async function exported(): Promise<{ readonly data: string; readonly out: string }> {
    const data = await declared();
    const out = path.join(temporaryFolder(), 'deep', 'exports');
    const made = await demarc(['export', 'DM-1', '--format', 'json,md', '--out', out, '--data', data]);
    expect(made.status).toBe(0);
    return { data, out };
  }

  test('export writes the files it names', async () => {
    const { out } = await exported();
    expect(readdirSync(out).sort()).toEqual(['DM-1.json', 'DM-1.md']);
    expect(readFileSync(path.join(out, 'DM-1.md'), 'utf8')).toMatch(/^# DM-1 · Denied orders\n/);
  });

  test('an export alone is valid, but without an anchor', async () => {
    const { out } = await exported();
    const { status, json } = await demarcJson(['verify', path.join(out, 'DM-1.json')]);
    expect({ status, json }).toMatchObject({
      status: 0,
      json: { incidents: [{ result: 'valid, no anchor', entries: 1, source: 'DM-1.json' }] },
    });
  });

  test('the data folder, held against an earlier export, is valid', async () => {
    const { data, out } = await exported();
    const anchor = path.join(out, 'DM-1.json');
    const { status, json } = await demarcJson(['verify', data, '--anchor', anchor]);
    expect({ status, json }).toMatchObject({
      status: 0,
      json: { incidents: [{ result: 'valid', entries: 2, source: 'DM-1 Denied orders' }] },
    });
  });

  test('one changed letter is found and is status 1', async () => {
    const { out } = await exported();
    const text = readFileSync(path.join(out, 'DM-1.json'), 'utf8');
    const file = jsonFile(out, 'changed.json', text.replaceAll('Denied orders', 'Denied borders'));
    const { status, out: told } = await demarc(['verify', file]);
    expect(status).toBe(1);
    expect(told).toContain('changed.json: altered at 1');
  });

  test('an older copy is truncated, held against what was kept elsewhere', async () => {
    const { data, out } = await exported();
    mkdirSync(path.join(out, 'later'));
    await demarc(['export', 'DM-1', '--format', 'json', '--out', path.join(out, 'later'), '--data', data]);
    const older = path.join(out, 'DM-1.json');
    const anchor = path.join(out, 'later', 'DM-1.json');
    const { status, json } = await demarcJson(['verify', older, '--anchor', anchor]);
    expect({ status, json }).toMatchObject({ status: 1, json: { incidents: [{ result: 'truncated' }] } });
  });

  test('every export of a folder is verified', async () => {
    const { out } = await exported();
    const folder = temporaryFolder();
    for (const name of ['a.json', 'b.json'])
      copyFileSync(path.join(out, 'DM-1.json'), path.join(folder, name));
    const { json } = await demarcJson(['verify', folder]);
    expect(json).toMatchObject({ incidents: [{ source: 'a.json' }, { source: 'b.json' }] });
  });

  test('what is no export, and an anchor that is none, could not be verified', async () => {
    const { out } = await exported();
    writeFileSync(path.join(out, 'other.json'), '{"a":1}');
    expect((await demarc(['verify', path.join(out, 'other.json')])).status).toBe(3);
    const given = ['verify', path.join(out, 'DM-1.json'), '--anchor', path.join(out, 'other.json')];
    expect(await demarc(given)).toMatchObject({
      status: 3,
      err: expect.stringContaining(
        'The anchor is neither a checkpoint, nor an export, nor {count, head}.',
      ) as string,
    });
  });
});
