import { z } from 'zod';
import { IncidentId } from '../../main/core/ids.ts';
import type {
  CaseRuns,
  IncidentReplay,
  PlaybookDetail,
  PlaybookExamination,
  PlaybookRow,
  PlaybookVersionView,
  VerdictMomentView,
} from './playbook-views.ts';
import type { TakenPlaybook } from './shelf-views.ts';

const id = z.string().min(1).max(60);
/** The JSON text of a document, valid or not. */
const text = z.string().max(4_000_000);

/** Reading playbooks, writing the team's own and trying them out. */
export const PLAYBOOK_REQUESTS = {
  playbookShelf: z.strictObject({}),
  /** `number`: a saved version; null: the newest. */
  getPlaybook: z.strictObject({ id, number: z.number().int().min(1).nullable() }),
  examinePlaybook: z.strictObject({ text }),
  /** `copy`: the whole of it, all to be changed. `extend`: laid over the general one, which goes on to count. */
  startPlaybook: z.strictObject({ from: id, how: z.enum(['copy', 'extend']) }),
  /** Null throws the draft away. */
  keepPlaybookDraft: z.strictObject({ id, text: text.nullable() }),
  /** `after`: the newest version the writer has seen. */
  savePlaybook: z.strictObject({ id, text, after: z.number().int().min(0) }),
  restorePlaybook: z.strictObject({ id, number: z.number().int().min(1) }),
  withdrawPlaybook: z.strictObject({ id, withdrawn: z.boolean() }),
  importPlaybook: z.strictObject({}),
  exportPlaybook: z.strictObject({
    id,
    number: z.number().int().min(1).nullable(),
    as: z.enum(['demarc', 'cacao']),
  }),
  dryRunIncident: z.strictObject({ text, incidentId: IncidentId }),
  chooseCases: z.strictObject({}),
  dryRunCases: z.strictObject({ id, text, file: z.string().min(1).max(4096) }),
  getVerdictHistory: z.strictObject({ incidentId: IncidentId }),
} as const;

export interface PlaybookAnswers {
  playbookShelf: readonly PlaybookRow[];
  getPlaybook: PlaybookDetail;
  examinePlaybook: PlaybookExamination;
  startPlaybook: { readonly id: string };
  keepPlaybookDraft: null;
  savePlaybook: PlaybookVersionView;
  restorePlaybook: PlaybookVersionView;
  withdrawPlaybook: null;
  /** Null when nothing was chosen. */
  importPlaybook: TakenPlaybook | null;
  exportPlaybook: { readonly file: string } | null;
  dryRunIncident: IncidentReplay;
  chooseCases: { readonly file: string } | null;
  dryRunCases: CaseRuns;
  getVerdictHistory: readonly VerdictMomentView[];
}
