import { ok, type Result } from '../../main/core/result.ts';
import type { Instant } from '../../main/core/time.ts';
import { writeTransaction, type ReadableDb, type WritableDb } from '../database.ts';
import type { FeedPoll } from '../feed-poll-api.ts';

/** Notes polls, and forgets addresses that nobody asks any more. */
export function notePolls(
  db: WritableDb,
  { polls, forgetBefore }: { readonly polls: readonly FeedPoll[]; readonly forgetBefore: Instant },
): Result<null> {
  return writeTransaction(db, () => {
    const note = db.prepare(
      `INSERT INTO feed_poll (url, asked_at, ended) VALUES ($url, $askedAt, $ended)
       ON CONFLICT (url) DO UPDATE SET asked_at = $askedAt, ended = coalesce($ended, ended)`,
    );
    for (const { url, askedAt, ended } of polls) {
      note.run({ url, askedAt, ended: ended === null ? null : JSON.stringify(ended) });
    }
    db.prepare('DELETE FROM feed_poll WHERE asked_at < ?').run(forgetBefore);
    return ok(null);
  });
}

/** Every poll that is remembered. */
export function listPolls(db: ReadableDb): FeedPoll[] {
  return db
    .prepare<[], { url: string; askedAt: Instant; ended: string | null }>(
      'SELECT url, asked_at AS askedAt, ended FROM feed_poll',
    )
    .all()
    .map((row) => ({
      ...row,
      ended: row.ended === null ? null : (JSON.parse(row.ended) as FeedPoll['ended']), // as notePolls wrote it
    }));
}
