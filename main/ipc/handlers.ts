import { EvidenceId, FeedId, ObservationId, PageId } from '../core/ids.ts';
import type { Command } from '../core/incident/commands.ts';
import { ok, type Result } from '../core/result.ts';
import type { Handlers, UserCommand } from '../../preload/contract/requests.ts';
import type { ServiceContext } from '../services/context.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { deleteContact, listContacts, saveContact } from '../services/contacts.ts';
import { customerSide } from '../services/customer-side.ts';
import { listDrafts, saveDraft } from '../services/drafts.ts';
import { finishDrill, listScenarios, startDrill } from '../services/drills.ts';
import { attachFeedStatement, attachRecord } from '../services/evidence-attach.ts';
import { exportIncident } from '../services/export-incident.ts';
import { boardOf } from '../services/feed-board.ts';
import { deleteFeed, listFeeds, saveFeed } from '../services/feed-list.ts';
import type { OpenIncident } from '../services/incident-book.ts';
import {
  acceptVerdict,
  commandIncident,
  declareIncident,
  listIncidents,
  timelineOfIncident,
  viewOf,
} from '../services/incidents.ts';
import { readSettings, saveSettings } from '../services/settings.ts';
import { verifyIncident } from '../services/verify-incident.ts';
import { feedHistoryHandlers } from './feed-history-handlers.ts';
import { mappingHandlers } from './mapping-handlers.ts';
import { findingHandlers } from './finding-handlers.ts';
import type { Shell } from './ports.ts';
import { playbookHandlers } from './playbook-handlers.ts';
import { providerIntakeHandlers } from './provider-intake-handlers.ts';
import { recordHandlers } from './record-handlers.ts';
import { shelfHandlers } from './shelf-handlers.ts';

/** One line per request: what it means in services. `services` resolves when the database is open. */
export function createHandlers(services: () => Promise<Result<OpenedServices>>, shell: Shell): Handlers {
  const use = async <T>(work: (s: OpenedServices) => Promise<Result<T>>): Promise<Result<T>> => {
    const ready = await services();
    return ready.ok ? work(ready.value) : ready;
  };
  const withIncident = <T>(
    incidentId: string,
    work: (s: OpenedServices, incident: OpenIncident) => Promise<Result<T>>,
  ): Promise<Result<T>> =>
    use(async (s) => {
      const opened = await s.book.load(incidentId);
      return opened.ok ? work(s, opened.value) : opened;
    });
  const nothing = async (done: Promise<Result<unknown>>): Promise<Result<null>> => {
    const result = await done;
    return result.ok ? ok(null) : result;
  };
  return {
    ...mappingHandlers(use),
    appInfo: async () => ok(await shell.appInfo()),
    listIncidents: () => use(({ context, book }) => listIncidents(context, book)),
    declareIncident: ({ scope, playbook }) =>
      use(async ({ context, book }) =>
        declared(context, await declareIncident(context, book, scope, playbook)),
      ),
    getIncident: ({ incidentId }) => withIncident(incidentId, ({ context }, one) => viewOf(context, one)),
    getTimeline: ({ incidentId }) =>
      withIncident(incidentId, (_, one) => Promise.resolve(ok(timelineOfIncident(one)))),
    commandIncident: ({ incidentId, command }) =>
      use(({ context, book }) => commandIncident(context, book, incidentId, withIds(command, context.newId))),
    acceptVerdict: ({ incidentId, ...accepted }) =>
      use(({ context, book }) => acceptVerdict(context, book, incidentId, accepted)),
    ...findingHandlers(use),
    ...recordHandlers(use),
    ...shelfHandlers(use),
    ...playbookHandlers(use, shell),
    listFeeds: () => use(({ context }) => listFeeds(context)),
    saveFeed: (feed) => use(({ context }) => saveFeed(context, feed)),
    deleteFeed: ({ id }) => use(({ context }) => deleteFeed(context, FeedId.parse(id))),
    checkFeeds: ({ incidentId }) =>
      use(async ({ context, reader }) => {
        const read = await reader.readAll(incidentId);
        return read.ok ? boardOf(context, read.value) : read;
      }),
    attachFeedStatement: ({ incidentId, feedId, at }) =>
      use(({ book, history }) => attachFeedStatement(book, history, { incidentId, feedId, at })),
    ...feedHistoryHandlers(withIncident),
    importEvidence: ({ incidentId, paths }) => use(({ imports }) => imports.run(incidentId, paths)),
    cancelImport: ({ incidentId }) =>
      use(({ imports }) => {
        imports.cancel(incidentId);
        return Promise.resolve(ok(null));
      }),
    chooseEvidence: async ({ what }) => ok(await shell.chooseEvidence(what)),
    getCustomerSide: ({ incidentId }) => use(({ context, book }) => customerSide(context, book, incidentId)),
    attachRecord: ({ incidentId, recordId }) =>
      use(({ context, book }) => attachRecord(context, book, incidentId, recordId)),
    listContacts: () => use(({ context }) => listContacts(context)),
    saveContact: ({ contact }) => use(({ context }) => saveContact(context, contact)),
    deleteContact: ({ id }) => use(({ context }) => deleteContact(context, id)),
    exportIncident: ({ incidentId, formats }) =>
      use(({ context, book }) => exportIncident(context, book, incidentId, formats)),
    showExport: ({ folder }) => shell.showFolder(folder),
    verifyIncident: ({ incidentId }) => use(({ context }) => verifyIncident(context, incidentId)),
    listScenarios: () => use(({ context, book }) => listScenarios(context, book)),
    startDrill: (wish) =>
      use(async ({ context, book }) => declared(context, await startDrill(context, book, wish))),
    finishDrill: ({ incidentId }) =>
      use(async ({ context, book }) => {
        const scored = await finishDrill(context, book, incidentId);
        return scored.ok ? viewOf(context, scored.value) : scored;
      }),
    getSettings: () => use(({ context }) => readSettings(context.db)),
    saveSettings: (settings) => use(({ context }) => saveSettings(context.db, settings)),
    saveDraft: ({ incidentId, ...draft }) =>
      nothing(use(({ context }) => saveDraft(context, incidentId, draft))),
    listDrafts: ({ incidentId }) => use(({ context }) => listDrafts(context, incidentId)),
    openExternal: ({ url }) => shell.openExternal(url),
    restoreBackup: ({ file }) => shell.restoreBackup(file),
    startAnew: () => shell.startAnew(),
    ...providerIntakeHandlers(use),
  };
}

function declared(
  { publish }: ServiceContext,
  incident: Result<OpenIncident>,
): Result<{ readonly incidentId: string }> {
  if (!incident.ok) return incident;
  publish.changed({ topic: 'incidents' });
  return ok({ incidentId: incident.value.row.id });
}

/** Gives a responder's command the ids it lacks. */
function withIds(command: UserCommand, newId: () => string): Command {
  switch (command.type) {
    case 'answer':
      return {
        ...command,
        observationId: ObservationId.parse(newId()),
        evidence: command.evidence.map((id) => EvidenceId.parse(id)),
      };
    case 'page': {
      const { levelId, contactName, outcome, note } = command;
      return {
        type: 'record_page',
        page: { id: PageId.parse(newId()), levelId, contactName, outcome, note },
      };
    }
    case 'withdraw':
    case 'amend':
    case 'note':
    case 'close':
    case 'reopen':
      return command;
  }
}
