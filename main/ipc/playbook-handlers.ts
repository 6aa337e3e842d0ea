import type { PlaybookAnswers } from '../../preload/contract/playbook-requests.ts';
import type { Handlers } from '../../preload/contract/requests.ts';
import { ok, type Result } from '../core/result.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { readPlaybookFile, writePlaybookFile } from '../services/playbook-files.ts';
import { dryRunCases, dryRunIncident } from '../services/playbook-trials.ts';
import {
  examineText,
  keepDraft,
  playbookDetail,
  playbookShelf,
  restorePlaybook,
  savePlaybook,
  startPlaybook,
  withdrawPlaybook,
} from '../services/team-playbooks.ts';
import { verdictHistory } from '../services/verdict-history.ts';
import type { Shell } from './ports.ts';

/** What the window asks about playbooks to read, to write and to try. `use` hands over the services once the database is open. */
export function playbookHandlers(
  use: <T>(work: (services: OpenedServices) => Promise<Result<T>>) => Promise<Result<T>>,
  shell: Shell,
): Pick<Handlers, keyof PlaybookAnswers> {
  return {
    playbookShelf: () => use(({ context }) => playbookShelf(context)),
    getPlaybook: (which) => use(({ context }) => playbookDetail(context, which)),
    examinePlaybook: ({ text }) => use(({ context }) => Promise.resolve(ok(examineText(context, text)))),
    startPlaybook: (wish) => use(({ context }) => startPlaybook(context, wish)),
    keepPlaybookDraft: (draft) => use(({ context }) => keepDraft(context, draft)),
    savePlaybook: (wish) => use(({ context }) => savePlaybook(context, wish)),
    restorePlaybook: (wish) => use(({ context }) => restorePlaybook(context, wish)),
    withdrawPlaybook: (wish) => use(({ context }) => withdrawPlaybook(context, wish)),
    importPlaybook: () =>
      use<PlaybookAnswers['importPlaybook']>(async ({ context }) => {
        const file = await shell.chooseFile({ title: 'Playbook', extensions: ['json'] });
        return file === null ? ok(null) : readPlaybookFile(context, file);
      }),
    exportPlaybook: (which) =>
      use<PlaybookAnswers['exportPlaybook']>(async ({ context }) => {
        const name = which.as === 'cacao' ? `${which.id}.cacao.json` : `${which.id}.json`;
        const file = await shell.chooseTarget({ title: 'Playbook', name, extensions: ['json'] });
        return file === null ? ok(null) : writePlaybookFile(context, which, file);
      }),
    dryRunIncident: (wish) => use(({ context, book }) => dryRunIncident(context, book, wish)),
    chooseCases: async () => {
      const file = await shell.chooseFile({ title: 'Coded cases', extensions: ['json'] });
      return ok(file === null ? null : { file });
    },
    dryRunCases: (wish) => use(({ context }) => dryRunCases(context, wish)),
    getVerdictHistory: ({ incidentId }) =>
      use(async ({ context, book }) => {
        const opened = await book.load(incidentId);
        return opened.ok ? verdictHistory(context, opened.value) : opened;
      }),
  };
}
