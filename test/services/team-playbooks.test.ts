import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { IncidentId, ObservationId } from '../../main/core/ids.ts';
import { readPlaybookFile, writePlaybookFile } from '../../main/services/playbook-files.ts';
import { playbookEdition, usablePlaybooks } from '../../main/services/playbook-shelf.ts';
import { dryRunCases, dryRunIncident } from '../../main/services/playbook-trials.ts';
import { declareIncident } from '../../main/services/incidents.ts';
import {
  examineText,
  keepDraft,
  playbookDetail,
  playbookShelf,
  restorePlaybook,
  savePlaybook,
  startPlaybook,
  withdrawPlaybook,
} from '../../main/services/team-playbooks.ts';
import { verdictHistory } from '../../main/services/verdict-history.ts';
import { minute, value } from '../support/database.ts';
import { testServices } from '../support/services.ts';

const CASES = path.resolve(import.meta.dirname, '../fixtures/cases.json');

type Services = Awaited<ReturnType<typeof testServices>>;

async function startedText({ context }: Services, how: 'copy' | 'extend', from = 'general') {
  const { id } = value(await startPlaybook(context, { from, how }));
  return { id, text: value(await playbookDetail(context, { id, number: null })).text };
}

function changed(text: string, changes: object): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), ...changes });
}

function incidentScope(title: string) {
  return {
    title,
    onset: minute(0),
    provider: 'aws' as const,
    services: [],
    regions: [],
    severity: 2 as const,
    workload: '',
    lead: '',
  };
}

describe('a playbook of the team’s own', () => {
  test.each(['copy', 'extend'] as const)(
    'begins as a valid draft that is not offered yet: %s',
    async (how) => {
      const services = await testServices();
      const { id, text } = await startedText(services, how);
      expect(examineText(services.context, text)).toMatchObject({ faults: [], usable: true });
      const row = value(await playbookShelf(services.context)).find((one) => one.id === id);
      expect(row).toMatchObject({ state: 'never_saved', extends: how === 'copy' ? null : 'general' });
      expect(await playbookEdition(services.context, id)).toMatchObject({ error: { code: 'not_found' } });
    },
  );

  test('is offered once it is saved, and an incident keeps the version it began with', async () => {
    const services = await testServices();
    const { context, book } = services;
    const { id, text } = await startedText(services, 'copy');
    value(await savePlaybook(context, { id, text, after: 0 }));
    const first = value(await playbookEdition(context, id));
    const scope = incidentScope('Ours');
    const incident = value(await declareIncident(context, book, scope, first.reference.sha256));
    value(await savePlaybook(context, { id, text: changed(text, { title: 'Newer' }), after: 1 }));
    book.forget(incident.row.id);
    const again = value(await book.load(incident.row.id));
    expect([again.playbook.title, again.playbook.version]).toEqual(['General, our own', '1.0.0']);
    expect(value(await playbookEdition(context, id)).playbook).toMatchObject({
      title: 'Newer',
      version: '1.0.1',
    });
  });

  test('with faults is kept as a draft with every fault placed, and what was in use stays', async () => {
    const services = await testServices();
    const { context } = services;
    const { id, text } = await startedText(services, 'copy');
    value(await savePlaybook(context, { id, text, after: 0 }));
    const broken = changed(text, { title: '', order: ['nowhere'] });
    value(await keepDraft(context, { id, text: broken }));
    const { faults, usable } = examineText(context, broken);
    expect(usable).toBe(false);
    expect(faults.map((fault) => fault.path)).toContain('$.title');
    expect(await savePlaybook(context, { id, text: broken, after: 1 })).toMatchObject({
      error: { code: 'invalid_input', place: '$.title' },
    });
    expect(value(await playbookDetail(context, { id, number: null })).draft?.text).toBe(broken);
    expect(value(await playbookEdition(context, id)).playbook.title).toBe('General, our own');
  });

  test('says what each version changed, and goes back by saving the old one anew', async () => {
    const services = await testServices();
    const { context } = services;
    const { id, text } = await startedText(services, 'copy');
    value(await savePlaybook(context, { id, text, after: 0 }));
    const second = value(await savePlaybook(context, { id, text: changed(text, { title: 'B' }), after: 1 }));
    expect(second).toMatchObject({ version: '1.0.1', changes: ['Changed: title is now “B”.'] });
    const third = value(await restorePlaybook(context, { id, number: 1 }));
    expect(third).toMatchObject({ number: 3, version: '1.0.2', changes: ['Back to version 1.0.0.'] });
    const { versions, row } = value(await playbookDetail(context, { id, number: null }));
    expect([versions.map(({ number }) => number), row.title]).toEqual([[3, 2, 1], 'General, our own']);
    expect(await savePlaybook(context, { id, text: changed(text, { title: 'C' }), after: 1 })).toMatchObject({
      error: { code: 'conflict' },
    });
  });

  test('that is withdrawn is not offered any more, and can be offered again', async () => {
    const services = await testServices();
    const { context } = services;
    const { id, text } = await startedText(services, 'extend', 'access_denied');
    value(await savePlaybook(context, { id, text, after: 0 }));
    const own = async () =>
      value(await usablePlaybooks(context)).flatMap((one) =>
        one.origin === 'own' ? [one.reference.id] : [],
      );
    expect(await own()).toEqual([id]);
    value(await withdrawPlaybook(context, { id, withdrawn: true }));
    expect(await own()).toEqual([]);
    value(await withdrawPlaybook(context, { id, withdrawn: false }));
    expect(await own()).toEqual([id]);
  });

  test('never changes one that comes with Demarc', async () => {
    const { context } = await testServices();
    expect(await keepDraft(context, { id: 'general', text: '{}' })).toMatchObject({
      error: { code: 'refused' },
    });
  });
});

describe('playbook files', () => {
  test('what is written can be taken in again, under an id that is free', async () => {
    const services = await testServices();
    const { context, folder } = services;
    const file = path.join(folder, 'general.json');
    value(await writePlaybookFile(context, { id: 'general', number: null }, file));
    const id = value(await readPlaybookFile(context, file)).id ?? '';
    expect(id).toBe('own_general');
    const { examination } = value(await playbookDetail(context, { id, number: null }));
    expect(examination).toMatchObject({ faults: [], usable: true });
  });

  test('a file that is no playbook is refused by name, one with faults becomes a draft', async () => {
    const { context, folder } = await testServices();
    const file = path.join(folder, 'other.json');
    writeFileSync(file, '[1, 2');
    expect(await readPlaybookFile(context, file)).toMatchObject({
      error: { code: 'invalid_input', message: expect.stringContaining('other.json') as unknown },
    });
    writeFileSync(file, '{"id": "theirs", "title": "Half done"}');
    const id = value(await readPlaybookFile(context, file)).id ?? '';
    const { row, examination } = value(await playbookDetail(context, { id, number: null }));
    expect([row.state, row.title, examination.usable]).toEqual(['never_saved', 'Half done', false]);
    expect(examination.faults.length).toBeGreaterThan(3);
  });
});

describe('a dry run', () => {
  test('replays a past incident through the draft, and records nothing', async () => {
    const services = await testServices();
    const { context, book } = services;
    const { text } = await startedText(services, 'copy');
    const { row } = value(await declareIncident(context, book, incidentScope('Past')));
    for (const [check, answer] of [
      ['error_signature', 'internal_5xx'],
      ['clean_canary', 'failing'],
    ] as const)
      value(
        await book.dispatch(row.id, {
          type: 'answer',
          observationId: ObservationId.parse(`o-${check}`),
          check,
          answers: [answer],
          number: null,
          note: '',
          evidence: [],
        }),
      );
    const document = JSON.parse(text) as { checks: { id: string; weights: unknown[] }[] };
    const canary = document.checks.find(({ id }) => id === 'clean_canary');
    if (canary) canary.weights = [];
    const before = value(await book.load(row.id)).entries.length;
    const replay = value(
      await dryRunIncident(context, book, {
        text: JSON.stringify(document),
        incidentId: IncidentId.parse(row.id),
      }),
    );
    expect(replay.steps.map(({ title, known }) => [title, known])).toHaveLength(2);
    expect(replay.edited.probabilities.provider).toBeLessThan(replay.recorded.probabilities.provider);
    expect(value(await book.load(row.id)).entries).toHaveLength(before);
  });

  test('puts a file of cases to the draft beside the playbook in use', async () => {
    const services = await testServices();
    const { id, text } = await startedText(services, 'copy');
    const runs = value(await dryRunCases(services.context, { id, text, file: CASES }));
    expect(runs.runs).toHaveLength((JSON.parse(readFileSync(CASES, 'utf8')) as unknown[]).length);
    expect(runs.edited).toEqual(runs.inUse);
    expect(runs.leftOut).toBe(0);
  });

  test('is refused for a draft with faults, and for a file that holds no cases', async () => {
    const services = await testServices();
    const { context, folder } = services;
    const { id, text } = await startedText(services, 'copy');
    expect(await dryRunCases(context, { id, text: '{}', file: CASES })).toMatchObject({
      error: { code: 'invalid_input' },
    });
    const file = path.join(folder, 'no-cases.json');
    writeFileSync(file, '{"a": 1}');
    expect(await dryRunCases(context, { id, text, file })).toMatchObject({
      error: { code: 'invalid_input' },
    });
  });
});

describe('the history of the probabilities', () => {
  test('has a moment for the declaration, each answer and each withdrawal, as judged then', async () => {
    const { context, book, at } = await testServices();
    const { row } = value(await declareIncident(context, book, incidentScope('Moving')));
    const answer = async (check: string, given: string): Promise<void> => {
      at.advance(2);
      value(
        await book.dispatch(row.id, {
          type: 'answer',
          observationId: ObservationId.parse(`o-${check}`),
          check,
          answers: [given],
          number: null,
          note: '',
          evidence: [],
        }),
      );
    };
    await answer('clean_canary', 'failing');
    await answer('plane', 'could_not_check');
    value(
      await book.dispatch(row.id, { type: 'withdraw', observationId: ObservationId.parse('o-clean_canary') }),
    );
    const moments = value(await verdictHistory(context, value(await book.load(row.id))));
    expect(moments.map(({ kind }) => kind)).toEqual(['other', 'answer', 'hole', 'withdrawn']);
    const provider = moments.map(({ probabilities }) => probabilities.provider);
    expect(provider[1]).toBeGreaterThan(provider[0] ?? NaN);
    expect(provider[2]).toBe(provider[1]);
    expect(provider[3]).toBeCloseTo(provider[0] ?? NaN, 9);
    expect((moments[2]?.minute ?? 0) - (moments[1]?.minute ?? 0)).toBe(2);
  });
});
