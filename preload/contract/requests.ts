import { z } from 'zod';
import { Contact } from '../../main/core/escalation/contact.ts';
import { PageOutcome } from '../../main/core/escalation/escalation.ts';
import { FeedKind } from '../../main/core/feeds/model.ts';
import { ContactId, EvidenceId, FeedId, IncidentId, ObservationId, Sha256 } from '../../main/core/ids.ts';
import { Scope } from '../../main/core/incident/events.ts';
import { Provider, VerdictLabel } from '../../main/core/sides.ts';
import type { TimelineItem } from '../../main/core/report/model.ts';
import type { AppError, Result } from '../../main/core/result.ts';
import { Instant } from '../../main/core/time.ts';
import type { Channel, Push } from './channels.ts';
import { FEED_HISTORY_REQUESTS, type FeedHistoryAnswers } from './feed-history-requests.ts';
import { FINDING_REQUESTS, type FindingAnswers } from './finding-requests.ts';
import { MAPPING_REQUESTS, type MappingAnswers } from './mapping-requests.ts';
import { PLAYBOOK_REQUESTS, type PlaybookAnswers } from './playbook-requests.ts';
import { PROVIDER_INTAKE_REQUESTS, type ProviderIntakeAnswers } from './provider-intake-requests.ts';
import { RECORD_REQUESTS, type RecordAnswers } from './record-requests.ts';
import { SHELF_REQUESTS, type ShelfAnswers } from './shelf-requests.ts';
import type * as views from './views.ts';

const nothing = z.strictObject({});
const incident = z.strictObject({ incidentId: IncidentId });
const shortText = z.string().max(2000);

/** What a responder can do to an incident; ids and times are added by main. */
export const UserCommand = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('answer'),
    check: z.string().max(100),
    answers: z.array(z.string().max(100)).min(1).max(20),
    number: z.number().nullable(),
    note: z.string().max(10_000),
    evidence: z.array(EvidenceId).max(50),
  }),
  z.strictObject({ type: z.literal('withdraw'), observationId: ObservationId }),
  z.strictObject({ type: z.literal('amend'), changes: Scope.partial() }),
  z.strictObject({
    type: z.literal('page'),
    levelId: z.string().max(60),
    contactName: z.string().max(200),
    outcome: PageOutcome,
    note: shortText,
  }),
  z.strictObject({ type: z.literal('note'), text: z.string().trim().min(1).max(10_000) }),
  z.strictObject({ type: z.literal('close'), summary: z.string().max(4000) }),
  z.strictObject({ type: z.literal('reopen'), reason: shortText }),
]);
export type UserCommand = z.infer<typeof UserCommand>;

const SettingsInput = z.strictObject({
  responder: z.string().trim().max(200),
  theme: z.enum(['system', 'dark', 'light']),
  clock: z.enum(['utc', 'local']),
  singleKeys: z.boolean(),
});

/** The shape of every request. Main parses each against this before it looks at it. */
export const REQUESTS = {
  appInfo: nothing,
  listIncidents: nothing,
  /** `playbook`: SHA-256 of one on the shelf; the general one when left out. */
  declareIncident: z.strictObject({ scope: Scope, playbook: Sha256.optional() }),
  getIncident: incident,
  getTimeline: incident,
  commandIncident: z.strictObject({ incidentId: IncidentId, command: UserCommand }),
  acceptVerdict: z.strictObject({ incidentId: IncidentId, verdict: VerdictLabel, reason: shortText }),
  listFeeds: nothing,
  saveFeed: z.strictObject({
    id: FeedId.nullable(),
    name: z.string().trim().min(1).max(120),
    provider: Provider,
    kind: FeedKind,
    url: z.url().max(2000),
    enabled: z.boolean(),
  }),
  deleteFeed: z.strictObject({ id: FeedId }),
  checkFeeds: incident,
  /** What it says now, or said at a moment of the incident's own clock. */
  attachFeedStatement: z.strictObject({ incidentId: IncidentId, feedId: FeedId, at: Instant.nullable() }),
  ...FEED_HISTORY_REQUESTS,
  ...PROVIDER_INTAKE_REQUESTS,
  importEvidence: z.strictObject({
    incidentId: IncidentId,
    paths: z.array(z.string().min(1).max(4096)).min(1).max(10_000),
  }),
  cancelImport: incident,
  chooseEvidence: z.strictObject({ what: z.enum(['files', 'folder']) }),
  getCustomerSide: incident,
  attachRecord: z.strictObject({ incidentId: IncidentId, recordId: z.string().min(1).max(400) }),
  listContacts: nothing,
  saveContact: z.strictObject({ contact: Contact.extend({ id: ContactId.nullable() }) }),
  deleteContact: z.strictObject({ id: ContactId }),
  exportIncident: z.strictObject({
    incidentId: IncidentId,
    formats: z
      .array(z.enum(['md', 'json']))
      .min(1)
      .max(2),
  }),
  showExport: z.strictObject({ folder: z.string().min(1).max(4096) }),
  verifyIncident: incident,
  listScenarios: nothing,
  startDrill: z.strictObject({ scenarioId: z.string().max(100), speed: z.number().min(1).max(60) }),
  finishDrill: incident,
  getSettings: nothing,
  saveSettings: SettingsInput,
  saveDraft: z.strictObject({
    incidentId: IncidentId,
    key: z.string().max(200),
    text: z.string().max(10_000),
  }),
  listDrafts: incident,
  openExternal: z.strictObject({ url: z.string().max(2000) }),
  ...FINDING_REQUESTS,
  ...RECORD_REQUESTS,
  ...SHELF_REQUESTS,
  ...PLAYBOOK_REQUESTS,
  restoreBackup: z.strictObject({ file: z.string().max(4096) }),
  startAnew: nothing,
  ...MAPPING_REQUESTS,
} as const satisfies Record<Channel, z.ZodType>;

/** What each request answers with when it succeeds. Main's handlers are held to it by the compiler. */
export interface Answers
  extends
    FeedHistoryAnswers,
    FindingAnswers,
    MappingAnswers,
    PlaybookAnswers,
    ProviderIntakeAnswers,
    RecordAnswers,
    ShelfAnswers {
  appInfo: views.AppInfo;
  listIncidents: readonly views.IncidentSummary[];
  declareIncident: { readonly incidentId: string };
  getIncident: views.IncidentView;
  getTimeline: readonly TimelineItem[];
  commandIncident: views.IncidentView;
  acceptVerdict: views.IncidentView;
  listFeeds: readonly views.ListedFeed[];
  saveFeed: views.FeedView;
  deleteFeed: null;
  checkFeeds: readonly views.FeedBoardItem[];
  attachFeedStatement: { readonly evidenceId: string };
  importEvidence: views.ImportOutcome;
  cancelImport: null;
  chooseEvidence: readonly string[];
  getCustomerSide: views.CustomerSide;
  attachRecord: { readonly evidenceId: string };
  listContacts: readonly Contact[];
  saveContact: Contact;
  deleteContact: null;
  exportIncident: views.ExportOutcome;
  showExport: null;
  verifyIncident: views.VerifyOutcome;
  listScenarios: readonly views.ScenarioView[];
  startDrill: { readonly incidentId: string };
  finishDrill: views.IncidentView;
  getSettings: views.Settings;
  saveSettings: views.Settings;
  saveDraft: null;
  listDrafts: readonly views.DraftView[];
  openExternal: null;
  restoreBackup: null;
  startAnew: null;
}

/** What main tells the window by itself. */
export interface Pushes {
  changed: views.ChangedMessage;
  importProgress: views.ImportProgress;
  openIncident: { readonly incidentId: string };
}

export type Input<C extends Channel> = z.input<(typeof REQUESTS)[C]>;
export type Parsed<C extends Channel> = z.output<(typeof REQUESTS)[C]>;
export type Reply<C extends Channel> = Result<Answers[C], AppError>;
export type Handlers = { readonly [C in Channel]: (input: Parsed<C>) => Promise<Reply<C>> };

/** What the preload puts on `window.demarc`: one function per request, one subscription per push, and the path of a dropped file. */
export type DemarcApi = {
  readonly [C in Channel]: (input: Input<C>) => Promise<Reply<C>>;
} & {
  readonly on: { readonly [P in Push]: (listener: (message: Pushes[P]) => void) => () => void };
  readonly pathOfFile: (file: File) => string;
};
