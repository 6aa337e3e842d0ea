import type { EvidenceHole } from '../../main/core/evidence/holes.ts';
import type { ErrorGroup, FileReport, RankedChange } from '../../main/core/evidence/model.ts';
import type { ProviderWord } from '../../main/core/evidence/provider-words.ts';
import type { FeedKind, FeedState, Saying } from '../../main/core/feeds/model.ts';
import type { DrillScore } from '../../main/core/incident/events.ts';
import type { IncidentState } from '../../main/core/incident/state.ts';
import type { Check, Playbook } from '../../main/core/playbook/definition.ts';
import type { Provider, VerdictLabel } from '../../main/core/sides.ts';
import type { Instant } from '../../main/core/time.ts';
import type { Distribution, Judgement } from '../../main/core/verdict/model.ts';
import type { FindingsView } from './finding-views.ts';
import type { PlaybookProposal } from './shelf-views.ts';

export type * from './finding-views.ts';
export type * from './playbook-views.ts';
export type * from './record-views.ts';
export type * from './shelf-views.ts';

export type * from './mapping-views.ts';
export type * from './provider-intake-views.ts';

/** What the window shows of the program itself. */
export interface AppInfo {
  readonly version: string;
  readonly runtime: string;
  readonly dataFolder: string;
  readonly exportFolder: string;
  /** Set when the database could not be opened for writing: what is wrong and what can be done. */
  readonly trouble: { readonly message: string; readonly backups: readonly BackupView[] } | null;
}

export interface BackupView {
  readonly file: string;
  readonly at: Instant;
  /** Bytes. */
  readonly size: number;
  /** What a full check of it found; null when it is sound. */
  readonly fault: string | null;
}

/** A line of the list of incidents. */
export interface IncidentSummary {
  readonly id: string;
  /** e.g. `DM-7`. */
  readonly reference: string;
  readonly title: string;
  readonly mode: 'live' | 'drill';
  readonly status: 'open' | 'closed';
  readonly severity: number;
  readonly provider: Provider;
  readonly onset: Instant;
  readonly updatedAt: Instant;
  readonly verdict: VerdictLabel | null;
  readonly accepted: boolean;
  readonly probabilities: Distribution | null;
  /** The escalation level that is due next, or overdue; null when nobody has to be reached. */
  readonly due: { readonly title: string; readonly at: Instant } | null;
}

/** A feed as the board shows it for one incident. */
export interface FeedBoardItem {
  readonly feedId: string;
  readonly name: string;
  readonly url: string;
  readonly kind: FeedKind;
  readonly state: FeedState | 'not_read_yet';
  readonly saying: Saying | 'not_read_yet';
  /** One sentence: what it says about this incident, or why it could not be checked. */
  readonly sentence: string;
  /** When it was last asked, and when it last answered readably (incident's clock). */
  readonly checkedAt: Instant | null;
  readonly lastGoodAt: Instant | null;
  /** What it said then, in one sentence, where it cannot be read now. */
  readonly lastGoodSentence: string | null;
  /** Minutes from onset to the provider's first public word, when it said one. */
  readonly firstWordMinute: number | null;
  readonly matches: IncidentState['feeds'][number]['matches'];
}

/** A drill's clock: virtual now = `virtualAt` + (real now - `realAt`) x speed. */
export interface DrillClock {
  readonly speed: number;
  readonly virtualAt: Instant;
  readonly realAt: Instant;
  readonly scenarioTitle: string;
  readonly brief: string;
  /** What the scenario has told so far besides feeds: monitoring, colleagues, customers. Oldest first. */
  readonly injects: readonly {
    readonly at: Instant;
    readonly minute: number;
    readonly title: string;
    readonly text: string;
  }[];
  readonly ended: boolean;
}

/** Everything a view of one incident needs but its timeline and its logs. */
export interface IncidentView {
  readonly reference: string;
  readonly state: IncidentState;
  readonly judgement: Judgement;
  readonly playbook: Playbook;
  /** Checks that only playbooks used before have: their observations stay in sight. */
  readonly formerChecks: readonly Check[];
  /** Another playbook that the answers point to; null for none. */
  readonly proposal: PlaybookProposal | null;
  readonly feeds: readonly FeedBoardItem[];
  /** No feed out in the world can be asked, for want of a network. */
  readonly isCutOff: boolean;
  readonly drill: DrillClock | null;
}

/** Which answer the evidence at hand would give to a check. A person presses the key. */
export interface Suggestion {
  readonly check: string;
  readonly answers: readonly string[];
  readonly number: number | null;
  readonly why: string;
  readonly recordIds: readonly string[];
  readonly findingIds: readonly string[];
}

/** What the customer's own logs say. */
export interface CustomerSide {
  readonly files: readonly FileReport[];
  readonly records: number;
  /** From the first to the last record of the logs of changes; null when there are none. */
  readonly window: FileReport['window'];
  /** Sentences about window, accounts and regions; never "no change" without its window. */
  readonly coverage: readonly string[];
  /** The time around onset in which changes and errors were looked for, and how many records there are in it. */
  readonly looked: { readonly from: Instant; readonly to: Instant; readonly records: number };
  /** The first of the ranking. */
  readonly changes: readonly RankedChange[];
  /** How many the ranking holds; with `isAll` false there are more. */
  readonly changesRanked: { readonly count: number; readonly isAll: boolean };
  readonly errors: readonly ErrorGroup[];
  /** What the provider reports of itself in these files around onset, those that match first: it speaks for the provider's side. */
  readonly providerWords: readonly ProviderWord[];
  /** How many there are in all, of which so many fit what fails, and so many report faults of other services or regions. */
  readonly providerWordsFound: { readonly all: number; readonly fitting: number; readonly other: number };
  /** How our things stood when scanners and inventories looked. */
  readonly findings: FindingsView;
  /** What the evidence does not hold; those that answer whether logs are missing first. */
  readonly holes: readonly EvidenceHole[];
  readonly suggestions: readonly Suggestion[];
}

export interface ImportOutcome {
  readonly files: readonly FileReport[];
  readonly cancelled: boolean;
  /** Paths of files that wait for a person to say which of their fields is what. */
  readonly unmapped: readonly string[];
  /** What was left out of the given files and folders, and why, in sentences: what is gone, forbidden, or a link. */
  readonly leftOut: readonly string[];
}

export interface ImportProgress {
  readonly incidentId: string;
  readonly file: string;
  readonly fileIndex: number;
  readonly fileCount: number;
  readonly bytesRead: number;
  readonly bytesTotal: number;
  readonly records: number;
  readonly done: boolean;
}

export interface FeedView {
  readonly id: string;
  readonly name: string;
  readonly provider: Provider;
  readonly kind: FeedKind;
  readonly url: string;
  readonly enabled: boolean;
  readonly builtin: boolean;
}

/** A feed in the list of them. */
export interface ListedFeed extends FeedView {
  /** Why its address or shape may not last, in one sentence. */
  readonly doubt: string | null;
}

export interface ExportOutcome {
  readonly folder: string;
  readonly files: readonly {
    readonly format: string;
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
  }[];
}

export interface VerifyOutcome {
  readonly reference: string;
  readonly state: 'valid' | 'valid_no_anchor' | 'truncated' | 'altered';
  readonly entries: number;
  readonly head: string;
  /** Entry number at which the trail breaks; null when it does not. */
  readonly at: number | null;
  /** One sentence for a person. */
  readonly sentence: string;
}

export interface ScenarioView {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly provider: Provider;
  readonly durationMinutes: number;
  readonly source: string;
  readonly lastScore: DrillScore | null;
}

export interface Settings {
  readonly responder: string;
  readonly theme: 'system' | 'dark' | 'light';
  readonly clock: 'utc' | 'local';
  readonly singleKeys: boolean;
}

export interface DraftView {
  readonly key: string;
  readonly text: string;
  readonly at: Instant;
}

/** What changed, so that a view knows to ask again. */
export type ChangedMessage =
  | { readonly topic: 'incident'; readonly id: string }
  | { readonly topic: 'incidents' | 'contacts' | 'feeds' | 'settings' | 'mappings' | 'playbooks' };
