import type { Result } from '../main/core/result.ts';
import { ok } from '../main/core/result.ts';
import type { PlaybookOperations } from './playbook-api.ts';
import * as playbooks from './queries/team-playbooks.ts';
import type { Store } from './store.ts';

type Operations = {
  readonly [M in keyof PlaybookOperations]: (
    store: Store,
    args: PlaybookOperations[M]['args'],
  ) => Result<PlaybookOperations[M]['value']>;
};

/** What the database does for the team's own playbooks, by name. */
export const PLAYBOOK_OPERATIONS: Operations = {
  listTeamPlaybooks: ({ db }) => ok(playbooks.listTeamPlaybooks(db)),
  putTeamDraft: ({ db }, args) => playbooks.putTeamDraft(db, args),
  addTeamVersion: ({ db }, args) => playbooks.addTeamVersion(db, args),
  setTeamWithdrawn: ({ db }, args) => playbooks.setTeamWithdrawn(db, args),
};
