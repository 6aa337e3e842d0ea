import { describe, expect, it } from 'vitest';
import { ObservationId } from '../../main/core/ids.ts';
import { Instant } from '../../main/core/time.ts';
import { exportIncident } from '../../main/services/export-incident.ts';
import {
  commandIncident,
  declareIncident,
  switchPlaybook,
  timelineOfIncident,
  viewOf,
} from '../../main/services/incidents.ts';
import { listPlaybooks, playbookEdition } from '../../main/services/playbook-shelf.ts';
import type { OpenedServices } from '../../main/services/open-services.ts';
import { value } from '../support/database.ts';
import { testServices } from '../support/services.ts';

const scope = {
  title: 'Checkout errors',
  onset: Instant.parse('2026-01-05T01:40:00.000Z'),
  provider: 'aws' as const,
  services: ['s3'],
  regions: ['us-east-1'],
  severity: 1 as const,
  workload: '',
  lead: 'A. Ruiz',
};

let count = 0;

async function answer({ context, book }: OpenedServices, id: string, check: string, ...answers: string[]) {
  count += 1;
  const observationId = ObservationId.parse(`o${String(count)}`);
  const given = { observationId, check, answers, number: null, note: '', evidence: [] };
  return value(await commandIncident(context, book, id, { type: 'answer', ...given }));
}

describe('the playbook of an incident', () => {
  it('is the general one, or the one chosen when declaring', async () => {
    const { context, book } = await testServices();
    const shelf = value(await listPlaybooks(context));
    expect(shelf.slice(0, 2).map(({ id, origin }) => [id, origin])).toEqual([
      ['general', 'built_in'],
      ['access_denied', 'built_in'],
    ]);
    const plain = value(await declareIncident(context, book, scope));
    const chosen = value(await declareIncident(context, book, scope, shelf[1]?.sha256));
    expect([plain.playbook.id, chosen.playbook.id, chosen.state.playbook.sha256]).toEqual([
      'general',
      'access_denied',
      shelf[1]?.sha256,
    ]);
    const unknown = await declareIncident(context, book, scope, 'f'.repeat(64));
    expect(!unknown.ok && unknown.error.code).toBe('not_found');
  });

  it('is kept whole: read anew it is the same, whatever the shelf holds then', async () => {
    const { context, book } = await testServices();
    const begun = value(await declareIncident(context, book, scope, 'dns_certificate'));
    const [general] = context.library.shelf;
    Object.assign(context.library, { shelf: [general] });
    book.forget(begun.row.id);
    expect(value(await book.load(begun.row.id)).playbook).toEqual(begun.playbook);
  });

  it('is proposed anew when the answers point to another, and switched to without losing one', async () => {
    const services = await testServices();
    const { context, book } = services;
    const { row } = value(await declareIncident(context, book, scope, 'quota_throttling'));
    const own = value(await book.load(row.id)).playbook.checks.at(-1);
    const [first] = own?.answers ?? [];
    await answer(services, row.id, own?.id ?? '', first?.id ?? '');
    const denied = await answer(services, row.id, 'error_signature', 'authorization_denied');
    expect(denied.proposal).toMatchObject({ because: [expect.stringContaining('denied')] });
    const wish = { playbook: denied.proposal?.sha256 ?? '', reason: 'The answers point to it.' };
    const after = value(await switchPlaybook(context, book, row.id, wish));

    expect(after.playbook.id).toBe('access_denied');
    expect(after.proposal).toBeNull();
    expect(after.state.observations.map(({ status }) => status)).toEqual(['standing', 'standing']);
    expect(after.formerChecks.map(({ id }) => id)).toContain(own?.id);
    expect(after.judgement.contributions.map(({ check }) => check)).toEqual(['error_signature']);

    book.forget(row.id);
    const again = value(await book.load(row.id));
    expect(value(await viewOf(context, again))).toEqual(after);
    const told = timelineOfIncident(again).map(({ title }) => title);
    expect(told).toContain(`${own?.title ?? ''}: ${first?.label ?? ''}`);
    expect(told).toContainEqual(expect.stringMatching(/switched the playbook to Access denied/));
    expect(value(await exportIncident(context, book, row.id, ['md'])).files).toHaveLength(1);
  });

  it('is not switched to what is not on the shelf, nor to itself', async () => {
    const { context, book } = await testServices();
    const { row } = value(await declareIncident(context, book, scope));
    const general = value(await playbookEdition(context, 'general')).reference.sha256;
    const same = await switchPlaybook(context, book, row.id, { playbook: general, reason: 'x' });
    const gone = await switchPlaybook(context, book, row.id, { playbook: 'gone', reason: 'x' });
    expect([same, gone].map((one) => !one.ok && one.error.message)).toEqual([
      'This incident follows that playbook already.',
      'There is no playbook "gone" any more.',
    ]);
  });
});
