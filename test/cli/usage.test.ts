import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { isCommand } from '../../main/cli/commands.ts';
import { defaultDataFolder } from '../../main/cli/folders.ts';
import { buildProgram } from '../../main/cli/program.ts';
import { temporaryFolder } from '../support/database.ts';
import { demarc, jsonFile, ROOT } from './run.ts';

describe('what is not understood', () => {
  test.each([
    [['nonsense'], "error: unknown command 'nonsense'"],
    [['incident', 'new', '--title', 'x'], "error: required option '--onset <iso>' not specified"],
    [
      ['incident', 'new', '--title', 'x', '--onset', '2025-06-12 17:51'],
      'It must be a time with its zone, such as 2025-06-12T17:51Z.',
    ],
    [['feeds', 'parse', '--kind', 'weather', 'x'], 'Allowed choices are gcp_incidents'],
    [['export', 'DM-1', '--format', 'docx', '--out', 'x'], '"docx" is not among md, json.'],
    [['verify'], "error: missing required argument 'path'"],
    [['doctor', '--frobnicate'], "error: unknown option '--frobnicate'"],
  ] as const)('%j ends with status 2 and a sentence', async (args, sentence) => {
    const { status, out, err } = await demarc(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toContain(sentence);
  });

  test('a group without a command shows what there is', async () => {
    const { status, err } = await demarc(['incident']);
    expect(status).toBe(2);
    expect(err).toContain('show <id>');
  });
});

test('help is no failure', async () => {
  const { status, out } = await demarc(['evidence', '--help']);
  expect(status).toBe(0);
  expect(out).toContain('inspect');
  expect(out).toContain('--json');
});

test('the app knows every command of the program by its first word, and no other word', () => {
  const silent = { out: () => Promise.resolve(), err: () => Promise.resolve() };
  const program = buildProgram(() => Promise.resolve(), silent);
  const names = program.commands.map((command) => command.name());
  expect(names.filter((name) => !isCommand(name))).toEqual([]);
  expect(['--data=/tmp', '.', 'window'].filter(isCommand)).toEqual([]);
});

test('without --data the folder is the one that the window uses', () => {
  expect([
    defaultDataFolder('linux', {}, '/home/a'),
    defaultDataFolder('linux', { XDG_CONFIG_HOME: '/cfg' }, '/home/a'),
    defaultDataFolder('darwin', {}, '/Users/a'),
  ]).toEqual(['/home/a/.config/Demarc', '/cfg/Demarc', '/Users/a/Library/Application Support/Demarc']);
});

describe('what cannot be done', () => {
  test('is one sentence on standard error, status 3, and with --json one document', async () => {
    const { status, out, err } = await demarc(['verify', '/nowhere/at/all', '--json']);
    expect({ status, err, document: JSON.parse(out) as unknown }).toEqual({
      status: 3,
      err: 'There is nothing at /nowhere/at/all.\n',
      document: {
        error: {
          code: 'not_found',
          message: 'There is nothing at /nowhere/at/all.',
          place: '/nowhere/at/all',
        },
      },
    });
  });

  test('a document that is not JSON is named', async () => {
    const file = jsonFile(temporaryFolder(), 'bad.json', '{"a":');
    const { status, err } = await demarc(['playbook', 'lint', file]);
    expect(status).toBe(3);
    expect(err).toContain(`${file} is not a JSON document`);
  });
});

test('text of others cannot move the cursor or hide in a terminal', async () => {
  const folder = temporaryFolder();
  const hostile = JSON.stringify([
    {
      id: 'x',
      begin: '2025-06-12T17:51:00+00:00',
      created: '2025-06-12T17:51:00+00:00',
      external_desc: '\u001b[2Jgone \u202etxt',
      updates: [],
      severity: 'high',
      affected_products: [],
    },
  ]);
  const file = jsonFile(folder, 'feed.json', hostile);
  const { out } = await demarc(['feeds', 'parse', '--kind', 'gcp_incidents', file]);
  expect(out).toContain('‹U+001B›[2Jgone ‹U+202E›txt');
});

test('playbook lint: a document without faults is status 0, one with faults lists them and is status 1', async () => {
  const general = path.join(ROOT, 'resources/playbooks/general.json');
  expect((await demarc(['playbook', 'lint', general])).status).toBe(0);
  const broken = JSON.parse(readFileSync(general, 'utf8')) as { order: string[] }; // linted as whole a line above
  broken.order = ['nowhere', ...broken.order];
  const { status, out } = await demarc(['playbook', 'lint', jsonFile(temporaryFolder(), 'p.json', broken)]);
  expect(status).toBe(1);
  expect(out).toContain('$.order[0]');
});
