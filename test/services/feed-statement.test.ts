import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { FeedId } from '../../main/core/ids.ts';
import { addMinutes, type Instant } from '../../main/core/time.ts';
import { boardOf } from '../../main/services/feed-board.ts';
import { listFeeds, saveFeed } from '../../main/services/feed-list.ts';
import { readStatement, takeStatement } from '../../main/services/feed-statement.ts';
import { declareIncident, timelineOfIncident } from '../../main/services/incidents.ts';
import { temporaryFolder, value } from '../support/database.ts';
import { servicesIn, testServices } from '../support/services.ts';

async function declared() {
  const services = await testServices();
  const { context, book, at } = services;
  const onset = addMinutes(at.now(), -40);
  const { row } = value(
    await declareIncident(context, book, {
      title: 'Instances fail',
      onset,
      provider: 'aws',
      services: ['ec2'],
      regions: ['us-west-2'],
      severity: 1,
      workload: '',
      lead: '',
    }),
  );
  return { ...services, id: row.id, onset };
}

/** An event as EventBridge delivers it, as somebody would paste it. */
function bridged(start: Instant, more: object = {}): string {
  return JSON.stringify({
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    detail: {
      eventArn: 'arn:aws:health:us-west-2::event/EC2/SYNTHETIC/one',
      service: 'EC2',
      eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
      eventTypeCategory: 'issue',
      statusCode: 'open',
      eventScopeCode: 'PUBLIC',
      eventRegion: 'us-west-2',
      startTime: new Date(start).toUTCString(),
      eventDescription: [{ language: 'en_US', latestDescription: 'We are investigating.' }],
      ...more,
    },
  });
}

const pasted = (text: string) => ({ source: { type: 'text', text } as const, kind: null });

test('a pasted event is read without being kept, then taken in as the word of a feed from a file', async () => {
  const { context, book, id, onset } = await declared();
  const given = pasted(bridged(addMinutes(onset, 10)));
  const seen = value(await readStatement(context, book, id, given));
  expect(seen).toMatchObject({ kind: 'aws_health_events', state: 'ok', events: 1, name: 'pasted' });
  expect(seen.sentence).toMatch(/^Matches this incident: /);
  expect(value(await book.load(id)).state.feeds).toEqual([]);

  const { evidenceId } = value(await takeStatement(context, book, id, given));
  const opened = value(await book.load(id));
  const [feed] = opened.state.feeds;
  expect(feed).toMatchObject({
    feedId: 'file.aws_health_events',
    feedName: 'AWS Health events, from a file',
    kind: 'aws_health_events',
    saying: 'matching',
    matches: [{ degree: 'matching', lagMinutes: 10 }],
  });
  const [evidence] = opened.state.evidence;
  expect(evidence).toMatchObject({
    evidenceId,
    kind: 'snapshot',
    side: 'provider',
    name: 'AWS Health events, pasted',
  });
  const kept = value(await context.db.call('getBlob', { sha256: evidence?.sha256 ?? '' }));
  expect(new TextDecoder().decode(kept.bytes)).toBe(given.source.text);
  const board = value(await boardOf(context, opened));
  expect(
    board.filter(({ feedId }) => feedId === 'file.aws_health_events').map(({ saying }) => saying),
  ).toEqual(['matching']);
});

test('the same event pasted again with another start is a changed claim, and events of earlier files stay', async () => {
  const { context, book, id, onset } = await declared();
  value(await takeStatement(context, book, id, pasted(bridged(addMinutes(onset, 10)))));
  const other = { eventArn: 'arn:aws:health:us-west-2::event/EC2/SYNTHETIC/two' };
  value(await takeStatement(context, book, id, pasted(bridged(addMinutes(onset, 12), other))));
  value(await takeStatement(context, book, id, pasted(bridged(addMinutes(onset, 2)))));
  const opened = value(await book.load(id));
  expect(opened.state.feeds[0]?.matches.map(({ nativeId }) => nativeId.slice(-3)).sort()).toEqual([
    'one',
    'two',
  ]);
  expect(
    timelineOfIncident(opened)
      .map(({ title }) => title)
      .join('\n'),
  ).toMatch(/moved the start it claims/);
});

test('a file that names nothing of ours proves nothing, and is never silence', async () => {
  const { context, book, id, onset } = await declared();
  const file = path.join(temporaryFolder(), 'over.json');
  writeFileSync(file, bridged(addMinutes(onset, -6000), { statusCode: 'closed' }));
  const given = { source: { type: 'file', path: file } as const, kind: null };
  const { sentence } = value(await takeStatement(context, book, id, given));
  expect(sentence).toMatch(/proves nothing/);
  const { state } = value(await book.load(id));
  expect([state.feeds[0]?.state, state.feeds[0]?.saying]).toEqual(['ok', 'could_not_check']);
  expect(state.evidence[0]?.name).toBe('AWS Health events, file over.json');
});

test('what cannot be read is refused with its reason, and what was known stays', async () => {
  const { context, book, id, onset } = await declared();
  const whole = bridged(addMinutes(onset, 10));
  value(await takeStatement(context, book, id, pasted(whole)));
  const before = value(await book.load(id)).entries.length;
  for (const [text, why] of [
    [whole.slice(0, -10), /cut off/],
    ['<html><body>Sign in</body></html>', /HTML page/],
    ['{"weather": "fine"}', /of no kind that Demarc reads/],
  ] as const) {
    const refused = await takeStatement(context, book, id, pasted(text));
    expect(refused.ok ? '' : refused.error.message).toMatch(why);
  }
  const missing = await takeStatement(context, book, id, {
    source: { type: 'file', path: '/nowhere.json' },
    kind: null,
  });
  expect(missing.ok ? '' : missing.error.message).toMatch(/nowhere\.json could not be read/);
  expect(value(await book.load(id)).entries.length).toBe(before);
});

test('a document too bare to tell its kind is read as the kind that a person names', async () => {
  const { context, book, id } = await declared();
  const told = value(await readStatement(context, book, id, pasted('[]')));
  expect([told.kind, told.state]).toEqual([null, 'unreadable']);
  const named = value(await readStatement(context, book, id, { ...pasted('[]'), kind: 'aws_public_events' }));
  expect([named.kind, named.state]).toEqual(['aws_public_events', 'empty']);
});

test('what a person gave stands in its lane until they give another, and is never "not asked"', async () => {
  const { context, book, history, at, id, onset } = await declared();
  value(await takeStatement(context, book, id, pasted(bridged(addMinutes(onset, 10)))));
  at.advance(60);
  const opened = value(await book.load(id));
  const [lane] = value(await history.lanes(opened)).lanes;
  expect(lane?.segments.map(({ saying, until }) => [saying, until])).toEqual([['matching', at.now()]]);
  const said = value(await history.statement(opened, lane?.feedId ?? '', null));
  expect(said).toMatchObject({ saying: 'matching', paused: false });
});

test('all files of a kind stand together, also after a restart and when the scope is another', async () => {
  const { context, book, at, folder, id, onset } = await declared();
  const other = { eventArn: 'arn:aws:health:eu-west-1::event/EC2/SYNTHETIC/two', eventRegion: 'eu-west-1' };
  value(await takeStatement(context, book, id, pasted(bridged(addMinutes(onset, 10)))));
  at.advance(5);
  value(await takeStatement(context, book, id, pasted(bridged(addMinutes(onset, 12), other))));
  for (const feed of value(await listFeeds(context)))
    value(await saveFeed(context, { ...feed, id: FeedId.parse(feed.id), enabled: false }));
  await context.db.close();

  const again = await servicesIn(folder);
  again.at.advance(10);
  const degrees = async () => {
    const { state } = value(await again.reader.readAll(id));
    const [feed] = state.feeds.filter(({ feedId }) => feedId === 'file.aws_health_events');
    return feed?.matches.map(({ nativeId, degree }) => `${nativeId.slice(-3)} ${degree}`);
  };
  expect(await degrees()).toEqual(['one matching', 'two other_scope']);
  value(await again.book.dispatch(id, { type: 'amend', changes: { regions: ['eu-west-1'] } }));
  expect(await degrees()).toEqual(['two matching', 'one other_scope']);

  const opened = value(await again.book.load(id));
  const said = value(await again.history.statement(opened, 'file.aws_health_events', null));
  expect(said.events.map(({ event }) => event.nativeId.slice(-3))).toEqual(['two', 'one']);
  const ids = said.events.map(({ event }) => event.nativeId);
  const raw = value(await again.history.raw(opened, said, ids));
  expect(raw.map((one, index) => one?.text.includes(ids[index] ?? ''))).toEqual([true, true]);
  const early = value(await again.history.statement(opened, 'file.aws_health_events', addMinutes(onset, 41)));
  expect(early.events.map(({ event }) => event.nativeId.slice(-3))).toEqual(['one']);
});
