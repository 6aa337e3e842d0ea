import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPlaybookFile, writePlaybookFile } from '../../main/services/playbook-files.ts';
import { playbookDetail } from '../../main/services/team-playbooks.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { testServices } from '../support/services.ts';

const BRANCHING = path.resolve(import.meta.dirname, '../fixtures/cacao/branching.json');

describe('CACAO files', () => {
  it('bring every built-in playbook back as it was', async () => {
    const { context, folder } = await testServices();
    for (const { playbook } of context.library.shelf) {
      const file = path.join(folder, `${playbook.id}.cacao.json`);
      value(await writePlaybookFile(context, { id: playbook.id, number: null, as: 'cacao' }, file));
      const taken = value(await readPlaybookFile(context, file));
      expect(taken.cacao).toEqual({ own: true, faults: [], warnings: [], lost: [] });
      const back = value(await playbookDetail(context, { id: taken.id ?? '', number: null }));
      expect(back.examination).toEqual({ faults: [], usable: true, playbook: { ...playbook, id: taken.id } });
    }
  });

  it('of others become drafts, with everything told that did not survive', async () => {
    const { context } = await testServices();
    const taken = value(await readPlaybookFile(context, BRANCHING));
    expect(taken.cacao).toMatchObject({ own: false, faults: [], warnings: [] });
    expect(taken.cacao?.lost.map(({ path: place }) => place)).toContain('$.playbook_variables');
    const draft = value(await playbookDetail(context, { id: taken.id ?? '', number: null }));
    expect([draft.row.state, draft.examination.usable]).toEqual(['never_saved', true]);
  });

  it('that cannot be followed are refused with every fault and its place, and nothing is kept', async () => {
    const { context } = await testServices();
    const file = path.join(temporaryFolder(), 'broken.json');
    const document = JSON.parse(readFileSync(BRANCHING, 'utf8')) as { workflow: object; id: string }; // the fixture
    writeFileSync(file, JSON.stringify({ ...document, id: 'playbook--1', workflow_start: 'start--gone' }));
    const taken = value(await readPlaybookFile(context, file));
    expect(taken.id).toBeNull();
    expect(taken.cacao?.faults.map(({ path: place }) => place)).toEqual(
      expect.arrayContaining(['$.id', '$.workflow_start']),
    );
    expect(value(await context.db.call('listTeamPlaybooks', {}))).toEqual([]);
  });

  it('of another version of the standard are refused, not taken for a playbook of ours', async () => {
    const { context } = await testServices();
    const file = path.join(temporaryFolder(), 'old.json');
    writeFileSync(file, readFileSync(BRANCHING, 'utf8').replace('"cacao-2.0"', '"cacao-1.1"'));
    const taken = value(await readPlaybookFile(context, file));
    expect([taken.id, taken.cacao?.faults[0]?.path]).toEqual([null, '$.spec_version']);
  });
});
