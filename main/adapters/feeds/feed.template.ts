import type { FeedReading, ProviderEvent } from '../../core/feeds/model.ts';
import type { FeedAdapter } from './adapter.ts';
import { openDocument, type FeedDocument } from './document.ts';
import { BadItem, isRecord, listField, textField, timeField } from './fields.ts';
import { conclude, gather, unreadable, type Rejected } from './reading.ts';

/*
 * How to add a kind of feed:
 *  1. copy this file to KIND.ts and rename `template`;
 *  2. add the kind's name to `FeedKind` in main/core/feeds/model.ts, and list the adapter in registry.ts;
 *  3. put a small document of your own writing in test/fixtures/feeds/ and add it to the table of
 *     test/adapters/feeds/recorded.test.ts: the tests on cut-off, broken and hostile bytes then cover it too;
 *  4. list the feed in resources/feeds/providers.json.
 */

const TITLE = 'Example status JSON';

/** Where the document is found, and what it promises (order, window, zone of its times). */
export const template: FeedAdapter = { kind: 'statuspage', title: TITLE, recognises, parse };

function recognises(document: FeedDocument): boolean {
  return document.form === 'json' && isRecord(document.value) && Array.isArray(document.value['problems']);
}

function parse(bytes: Uint8Array): FeedReading {
  const document = openDocument(bytes);
  if (!document.ok) return unreadable(document.error.message);
  if (document.value.form !== 'json' || !isRecord(document.value.value) || !recognises(document.value)) {
    return unreadable(`The answer is not ${TITLE}: it has no list of problems.`);
  }
  const rejected: Rejected[] = [];
  const events = gather(listField(document.value.value, 'problems'), 'problems', rejected, readProblem);
  return conclude(TITLE, events, rejected);
}

function readProblem(item: unknown, place: string): ProviderEvent {
  if (!isRecord(item)) throw new BadItem(place, 'not a problem object');
  const nativeId = textField(item, 'id');
  if (nativeId === '') throw new BadItem(place, 'no id');
  const claimedEnd = timeField(item, 'ended', place);
  return {
    provider: 'other',
    nativeId,
    title: textField(item, 'title') || nativeId,
    kind: 'issue',
    lifecycle: claimedEnd === null ? 'open' : 'closed',
    severity: { native: textField(item, 'severity'), mapped: 'unknown' },
    services: [textField(item, 'service')],
    regions: [],
    claimedStart: timeField(item, 'began', place),
    claimedEnd,
    publishedAt: timeField(item, 'posted', place),
    lastUpdate: timeField(item, 'posted', place),
    updates: [],
    url: null,
  };
}
