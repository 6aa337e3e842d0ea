import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  deleteMapping,
  listMappings,
  proposeMapping,
  saveMapping,
} from '../../main/services/row-mappings.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { testServices } from '../support/services.ts';

const TABLE = 'When;Action;User\n2026-01-05 01:10:00;deploy;ana\n2026-01-05 01:30:00;rollback;bo\n';

function tableFile(): string {
  const file = path.join(temporaryFolder(), 'deployments-2026-01-05.csv');
  writeFileSync(file, TABLE);
  return file;
}

test('a mapping is proposed from a file, remembered until a newer one of its shape, and forgotten', async () => {
  const { context, at } = await testServices();
  const proposal = value(await proposeMapping(tableFile()));
  expect(proposal).toMatchObject({
    file: 'deployments-2026-01-05.csv',
    guess: {
      mapping: {
        name: 'deployments',
        time: { field: 'When' },
        fields: { name: 'Action', principal: 'User' },
        rows: 'changes',
      },
      needsZone: true,
    },
  });
  const { mapping } = proposal.guess;
  value(await saveMapping(context, mapping));
  at.advance(5);
  const newer = value(await saveMapping(context, { ...mapping, name: 'Releases' }));
  expect(value(await listMappings(context))).toEqual([newer]);
  value(await deleteMapping(context, newer.number));
  expect(value(await listMappings(context))).toEqual([]);
  expect(await deleteMapping(context, newer.number)).toMatchObject({ error: { code: 'not_found' } });
});

test('a file without rows or without a time is refused with a sentence', async () => {
  const file = path.join(temporaryFolder(), 'a.txt');
  writeFileSync(file, 'Dear all\n');
  expect(await proposeMapping(file)).toMatchObject({ error: { code: 'invalid_input' } });
  writeFileSync(file, 'name,price\nbolt,1.20\n');
  expect(await proposeMapping(file)).toMatchObject({
    error: { message: 'No field of its rows can be read as a time.' },
  });
  expect(await proposeMapping(`${file}.gone`)).toMatchObject({ error: { code: 'unreadable' } });
});
