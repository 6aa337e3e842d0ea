import { describe, expect, it } from 'vitest';
import { Instant } from '../../main/core/time.ts';
import { ObservationId } from '../../main/core/ids.ts';
import { acceptVerdict, commandIncident, declareIncident, viewOf } from '../../main/services/incidents.ts';
import { saveContact } from '../../main/services/contacts.ts';
import { exportIncident } from '../../main/services/export-incident.ts';
import { verifyIncident } from '../../main/services/verify-incident.ts';
import { drillClock, finishDrill, startDrill } from '../../main/services/drills.ts';
import { testServices } from '../support/services.ts';
import { value } from '../support/database.ts';

const scope = {
  title: 'Data readable by strangers',
  onset: Instant.parse('2023-07-10T12:23:00.000Z'),
  provider: 'aws' as const,
  services: ['s3', 'iam'],
  regions: ['us-east-1'],
  severity: 1 as const,
  workload: '',
  lead: 'A. Ruiz',
};

describe('a triage, through the services', () => {
  it('goes from the alarm to an exported and verified trail', async () => {
    const { context, book } = await testServices();
    await saveContact(context, {
      id: null,
      name: 'B. Okafor',
      role: 'security',
      organisation: '',
      phone: '+44 20 7946 0000',
      mail: '',
      note: '',
    });
    const declared = value(await declareIncident(context, book, scope));
    const id = declared.row.id;
    let n = 0;
    const answer = async (check: string, ...answers: string[]) =>
      value(
        await commandIncident(context, book, id, {
          type: 'answer',
          observationId: ObservationId.parse(`o${String((n += 1))}`),
          check,
          answers,
          number: null,
          note: '',
          evidence: [],
        }),
      );
    await answer('provider_status_page', 'no_incident');
    await answer('recent_change', 'configuration', 'network_rule');
    await answer('change_touches_failure', 'yes');
    const view = await answer('exposure_or_credential_misuse', 'yes');
    expect(view.judgement.verdict).toBe('customer');
    const accepted = value(await acceptVerdict(context, book, id, { verdict: 'customer', reason: '' }));
    expect(accepted.state.escalation?.levels.length).toBeGreaterThan(0);
    const exported = value(await exportIncident(context, book, id, ['md', 'json']));
    expect(exported.files.map(({ name }) => name)).toEqual(['DM-1.md', 'DM-1.json']);
    expect(value(await verifyIncident(context, id)).state).toBe('valid_no_anchor');
    book.forget(id);
    const again = value(await viewOf(context, value(await book.load(id))));
    expect(again.state).toEqual(value(await book.load(id)).state);
  });

  it('plays a drill against its scenario and scores it', async () => {
    const { context, book, reader, at } = await testServices();
    const drill = value(await startDrill(context, book, { scenarioId: 'gcp-2025-06-12', speed: 60 }));
    value(await reader.readAll(drill.row.id));
    expect(value(await book.load(drill.row.id)).state.feeds.map(({ saying }) => saying)).toEqual(['silent']);
    at.advance(75 / 60);
    value(await reader.readAll(drill.row.id));
    const later = value(await book.load(drill.row.id));
    expect(later.state.feeds.map(({ saying, matches }) => [saying, matches[0]?.lagMinutes])).toEqual([
      ['matching', 71],
    ]);
    const scored = value(await finishDrill(context, book, drill.row.id));
    expect(scored.state.score?.truth).toBe('provider');

    const stopped = drillClock(context, scored.state);
    at.advance(30);
    expect(drillClock(context, scored.state)).toEqual({ ...stopped, realAt: at.now() });
    expect(stopped?.ended).toBe(true);
    const late = await book.dispatch(drill.row.id, {
      type: 'answer',
      observationId: ObservationId.parse('late'),
      check: 'plane',
      answers: ['both'],
      number: null,
      note: '',
      evidence: [],
    });
    expect(late).toMatchObject({ ok: false, error: { message: 'This drill is over and scored.' } });
    const quiet = value(await reader.readAll(drill.row.id));
    expect(quiet.entries.length).toBe(scored.entries.length);
  });
});
