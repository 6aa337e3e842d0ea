import type { Migration } from './migration.ts';

/** Keeps the headers that a feed answered with, of which ETag and date were kept before, and finds its readable answers fast. */
export const feedHeaders: Migration = {
  version: 30,
  statements: [
    `-- A JSON object, names in lower case.
ALTER TABLE feed_fetch ADD COLUMN headers TEXT NOT NULL DEFAULT '{}'`,
    `UPDATE feed_fetch SET headers = json_patch('{}', json_object('etag', etag, 'last-modified', last_modified))`,
    `ALTER TABLE feed_fetch DROP COLUMN etag`,
    `ALTER TABLE feed_fetch DROP COLUMN last_modified`,
    `DROP INDEX feed_fetch_last`,
    `CREATE INDEX feed_fetch_last ON feed_fetch (incident_id, feed_id, state)`,
  ],
};
