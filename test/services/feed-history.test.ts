import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FeedStatement } from '../../main/core/feeds/statement.ts';
import { addMinutes } from '../../main/core/time.ts';
import { timelineOfIncident } from '../../main/services/incidents.ts';
import { saveSnapshot, statementMarkdown } from '../../main/services/feed-snapshot.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { EVENING_ONSET, eveningBytes, seedEvening } from '../support/gcp-evening.ts';
import { servicesIn } from '../support/services.ts';

const FEED = 'gcp-incidents';

/** The evening as its data folder has it, opened a day later. */
async function evening() {
  const folder = temporaryFolder();
  const server = await startFeedServer();
  onTestFinished(() => server.close());
  const id = await seedEvening(folder, server);
  const services = await servicesIn(folder);
  const opened = value(await services.book.load(id));
  const statement = async (minute: number): Promise<FeedStatement> =>
    value(await services.history.statement(opened, FEED, addMinutes(EVENING_ONSET, minute)));
  return { ...services, opened, statement };
}

describe('the lane of a feed', () => {
  test('has every change, the hole, and the hours in which nobody asked', async () => {
    const { history, opened, at } = await evening();
    const { lanes } = value(await history.lanes(opened));
    const [lane] = lanes;
    const minute = (at: string): number => (Date.parse(at) - Date.parse(EVENING_ONSET)) / 60_000;
    const told = lane?.segments.map(({ from, until, saying }) => [minute(from), minute(until), saying]) ?? [];
    expect(told.slice(0, -1)).toEqual([
      [10, 40, 'silent'],
      [40, 55, 'could_not_check'],
      [55, 75, 'silent'],
      [75, 95, 'matching'],
      [95, 120, 'matching'],
      [120, 770, 'not_asked'],
      [770, 800, 'matching'],
    ]);
    expect(told.at(-1)).toEqual([800, minute(at.now()), 'not_asked']);
    expect(lane?.firstWord).toMatchObject({ minute: 71, title: 'Several products fail' });
    expect(lane?.firstRead).toMatchObject({ minute: 75, notYet: { minute: 70 } });
  });
});

describe('what a feed said at a past minute', () => {
  test('is its snapshot of that minute, with every start it claimed and when we first read of it', async () => {
    const { statement } = await evening();
    const early = await statement(80);
    const minutes = (told: FeedStatement) =>
      told.events[0]?.starts.map(({ claimed, since }) => [claimed, since]);
    expect(early).toMatchObject({
      state: 'ok',
      saying: 'matching',
      paused: false,
      unrelated: 1,
      rejected: [],
    });
    expect(early.polled).toMatchObject({ from: addMinutes(EVENING_ONSET, 75), polls: 4 });
    expect(minutes(early)).toEqual([['2025-06-12T19:00:00.000Z', addMinutes(EVENING_ONSET, 75)]]);
    const late = await statement(100);
    expect(minutes(late)).toEqual([
      ['2025-06-12T19:00:00.000Z', addMinutes(EVENING_ONSET, 75)],
      [EVENING_ONSET, addMinutes(EVENING_ONSET, 95)],
    ]);
    expect(late.events[0]).toMatchObject({
      firstSeen: addMinutes(EVENING_ONSET, 75),
      notYet: addMinutes(EVENING_ONSET, 70),
    });
  });

  test('has what the provider wrote of each event in those bytes, and not in those of another minute', async () => {
    const { statement, history, opened } = await evening();
    const [early, late, quiet] = [await statement(80), await statement(100), await statement(30)];
    const id = early.events[0]?.event.nativeId ?? '';
    const written = async (told: FeedStatement): Promise<string | undefined> =>
      value(await history.raw(opened, told, [id]))[0]?.text;
    const [then, later] = [await written(early), await written(late)];
    expect(then).toContain(`"id": "${id}"`);
    expect(later).toContain(`"id": "${id}"`);
    expect(later).not.toBe(then);
    expect(await written(quiet)).toBeUndefined();
    expect(await history.raw(opened, await statement(5), [id])).toMatchObject({
      ok: false,
      error: { code: 'refused' },
    });
  });

  test('is silent before the first word, a hole with its reason while it could not be read', async () => {
    const { statement } = await evening();
    expect(await statement(30)).toMatchObject({ saying: 'silent', events: [], unrelated: 1 });
    expect(await statement(47)).toMatchObject({
      state: 'unreadable',
      saying: 'could_not_check',
      reason: 'The answer is an HTML page, not the feed.',
      lastGood: addMinutes(EVENING_ONSET, 35),
      earlier: addMinutes(EVENING_ONSET, 10),
      later: addMinutes(EVENING_ONSET, 55),
    });
  });

  test('is not read yet before the first poll, and doubtful in a long pause', async () => {
    const { statement } = await evening();
    expect(await statement(5)).toMatchObject({ saying: 'not_read_yet', polled: null, snapshot: null });
    expect((await statement(130)).paused).toBe(false);
    expect((await statement(300)).paused).toBe(true);
  });

  test('can be saved to the byte, and told as Markdown with its SHA-256', async () => {
    const { context, history, opened, statement } = await evening();
    const told = await statement(80);
    const saved = value(await saveSnapshot(context, history, opened, told));
    expect(saved.name).toMatch(/^gcp-incidents-20250612T190600Z-[0-9a-f]{8}\.json$/);
    expect(readFileSync(path.join(saved.folder, saved.name)).equals(eveningBytes(80))).toBe(true);
    const sha256 = createHash('sha256').update(eveningBytes(80)).digest('hex');
    expect(saved.sha256).toBe(sha256);
    const markdown = statementMarkdown(opened, told);
    expect(markdown).toContain(sha256);
    expect(markdown).toMatch(/### DM-1: Google Cloud status at 2025-06-12 19:11:00Z \(T\+80 min\)/);
    expect(markdown).toMatch(
      /- Claimed start: 2025-06-12 19:00:00Z \(T\+69 min\), read by us at .*T\+75 min/,
    );
    const hole = await statement(47);
    expect(await saveSnapshot(context, history, opened, hole)).toMatchObject({ ok: true });
    expect(await saveSnapshot(context, history, opened, await statement(5))).toMatchObject({
      error: { code: 'refused' },
    });
  });
});

test('every claim that changed is an entry in the trail, across the hole and the hours in between', async () => {
  const { opened } = await evening();
  const claims = timelineOfIncident(opened)
    .map(({ title }) => title)
    .filter((title) => !title.includes(' says ') && title.startsWith('Google Cloud status '));
  expect(claims).toEqual([
    'Google Cloud status is silent about this',
    'Google Cloud status is silent about this',
    'Google Cloud status moved the start it claims from 2025-06-12 19:00:00Z to 2025-06-12 17:51:00Z',
    'Google Cloud status names more, from 14 services, 11 regions to 17 services, 11 regions',
    'Google Cloud status now claims an end, 2025-06-13 01:18:00Z',
    'Google Cloud status changed its state from open to closed',
    expect.stringMatching(/^Google Cloud status names (more|others), from 17 services/) as unknown,
  ]);
});
