import type { Result } from '../../main/core/result.ts';
import { fail, ok } from '../../main/core/result.ts';
import type { PlaybookOperations, TeamPlaybook, TeamPlaybookVersion } from '../playbook-api.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { writeTransaction } from '../database.ts';
import { putBlob } from './blobs.ts';

interface PlaybookRow {
  readonly id: string;
  readonly draft: string | null;
  readonly draftAt: TeamPlaybookVersion['at'] | null;
  readonly draftBy: string | null;
  readonly withdrawn: 0 | 1;
}

interface VersionRow extends Omit<TeamPlaybookVersion, 'changes'> {
  readonly playbookId: string;
  readonly changes: string;
}

/** The team's own playbooks by id, each with its versions, newest first. */
export function listTeamPlaybooks(db: ReadableDb): TeamPlaybook[] {
  const versions = db
    .prepare<[], VersionRow>(
      `SELECT playbook_id AS playbookId, number, sha256, version, at, actor, changes
       FROM team_playbook_version ORDER BY playbook_id, number DESC`,
    )
    .all();
  return db
    .prepare<[], PlaybookRow>(
      `SELECT id, draft, draft_at AS draftAt, draft_by AS draftBy, withdrawn FROM team_playbook ORDER BY id`,
    )
    .all()
    .map(({ id, draft, draftAt, draftBy, withdrawn }) => ({
      id,
      draft:
        draft === null || draftAt === null || draftBy === null
          ? null
          : { text: draft, at: draftAt, by: draftBy },
      withdrawn: withdrawn === 1,
      versions: versions
        .filter(({ playbookId }) => playbookId === id)
        .map(({ number, sha256, version, at, actor, changes }) => ({
          number,
          sha256,
          version,
          at,
          actor,
          changes: JSON.parse(changes) as string[], // written by addTeamVersion
        })),
    }));
}

/** Keeps or throws away what is being written of a playbook. */
export function putTeamDraft(
  db: WritableDb,
  { id, draft }: PlaybookOperations['putTeamDraft']['args'],
): Result<null> {
  return writeTransaction(db, () => {
    db.prepare(
      `INSERT INTO team_playbook (id, draft, draft_at, draft_by) VALUES ($id, $text, $at, $by)
       ON CONFLICT (id) DO UPDATE SET draft = $text, draft_at = $at, draft_by = $by`,
    ).run({ id, text: draft?.text ?? null, at: draft?.at ?? null, by: draft?.by ?? null });
    db.prepare(
      `DELETE FROM team_playbook WHERE id = ? AND draft IS NULL
         AND NOT EXISTS (SELECT 1 FROM team_playbook_version WHERE playbook_id = team_playbook.id)`,
    ).run(id);
    return ok(null);
  });
}

/** Saves the next version of a playbook, document and all. */
export function addTeamVersion(
  db: WritableDb,
  { id, after, bytes, version, at, actor, changes }: PlaybookOperations['addTeamVersion']['args'],
): Result<TeamPlaybookVersion> {
  return writeTransaction(db, (): Result<TeamPlaybookVersion> => {
    db.prepare('INSERT INTO team_playbook (id) VALUES (?) ON CONFLICT (id) DO NOTHING').run(id);
    if (newestNumber(db, id) !== after)
      return fail('conflict', `Somebody has saved ${id} meanwhile. Look at the newest version first.`);
    const stored = putBlob(db, { mediaType: 'application/json', bytes });
    if (!stored.ok) return stored;
    const saved = { number: after + 1, sha256: stored.value.sha256, version, at, actor };
    db.prepare(
      `INSERT INTO team_playbook_version (playbook_id, number, sha256, version, at, actor, changes)
       VALUES ($id, $number, $sha256, $version, $at, $actor, $changes)`,
    ).run({ id, ...saved, changes: JSON.stringify(changes) });
    db.prepare('UPDATE team_playbook SET draft = NULL, draft_at = NULL, draft_by = NULL WHERE id = ?').run(
      id,
    );
    return ok({ ...saved, changes });
  });
}

/** Takes a playbook out of use for new incidents, or back into it. */
export function setTeamWithdrawn(
  db: WritableDb,
  { id, withdrawn }: PlaybookOperations['setTeamWithdrawn']['args'],
): Result<null> {
  return writeTransaction(db, () => {
    const { changes } = db
      .prepare('UPDATE team_playbook SET withdrawn = ? WHERE id = ?')
      .run(Number(withdrawn), id);
    return changes === 1 ? ok(null) : fail('not_found', `There is no playbook ${id} of the team's own.`);
  });
}

function newestNumber(db: ReadableDb, id: string): number {
  const row = db
    .prepare<[string], { newest: number | null }>(
      'SELECT max(number) AS newest FROM team_playbook_version WHERE playbook_id = ?',
    )
    .get(id);
  return row?.newest ?? 0;
}
