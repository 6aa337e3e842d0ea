import {
  shared,
  type SharedResources,
  type Template,
  type TemplatedRecord,
} from '../../core/evidence/templated-record.ts';
import { type Instant, parseInstant } from '../../core/time.ts';
import { MOST_RESOURCES, resourcesOf } from './cloudtrail-resources.ts';
import {
  type CallPart,
  ISO_LENGTH,
  ISO_TIME,
  membersIn,
  type NamingPart,
  type Part,
  type ReadEvent,
  type RequestPart,
  readMembers,
  runsOf,
} from './cloudtrail-runs.ts';
import type { JsonObject } from './json.ts';
import { copyOf } from './text-table.ts';

/*
 * Most of an event's text stands in other events too, and CloudTrail writes the keys of events in one order. So the text is cut
 * between certain members, and each run of members is looked up among those met before; only a new one is parsed.
 *
 * This is exact. When `{A}` and `{B}` are JSON objects with at least one member each, so is `{A,B}`, and its members are those of
 * both: when every run is JSON in braces, the event is, wherever it was cut. What is looked at is allowed in one run only, so that
 * no run hides what another says. Whatever is not so is left to the usual way of reading.
 */

const TIME = ',"eventTime":"';
const BEHIND_TIME = '","eventSource":"';
const ADDRESS = ',"sourceIPAddress":"';
const REQUEST = ',"requestParameters":';
const ANSWER = ',"responseElements":';
const REQUEST_ID = ',"requestID":"';
const EVENT_ID = '","eventID":"';
/** A request's id may be anything without escapes. */
const PLAIN_ID = /^[ !#-[\]-~]*$/;
/** CloudTrail's is a GUID, and a batch packs only those of this form. */
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const GUID_LENGTH = 36;
const COMMA = 0x2c;
const CLOSE = 0x7d;

/** Events after which it is decided whether looking runs up is worth while, and how many are left alone if not. */
const WINDOW = 1_024;
const REST = 8 * WINDOW;

const TEMPLATES = 16_384;
/** Places tried for each. */
const TRIED = 4;

/**
 * A reader of the texts of events as CloudTrail writes them into files, each byte one character. Answers the record that
 * `readEvent` makes of the parsed text, or null when the event is to be read so. What it remembers is bounded.
 */
export function quickReader(readEvent: ReadEvent): (text: string) => TemplatedRecord | null {
  const runs = runsOf(readEvent);
  const templateOf = templates(readEvent);
  const resourcesBeside = sharedResources();
  const instantIn = lastInstant();
  let seen = 0;
  let refused = 0;
  let missesBefore = 0;
  let resting = 0;

  function decide(): void {
    const misses = runs.misses();
    // Half of the runs to be parsed, or every other event twice: then it is quicker to parse all at once.
    if (misses - missesBefore > 3.5 * WINDOW || refused > WINDOW / 2) resting = REST;
    missesBefore = misses;
    seen = 0;
    refused = 0;
  }

  function read(text: string): TemplatedRecord | null {
    const time = text.indexOf(TIME) + TIME.length;
    const call = time + ISO_LENGTH + 2;
    if (time < TIME.length || !text.startsWith(BEHIND_TIME, call - 2)) return null;
    const address = text.indexOf(ADDRESS, call) + 1;
    if (address === 0) return null;
    const agent = text.indexOf('"', address + ADDRESS.length) + 2;
    const request = text.indexOf(REQUEST, agent) + 1;
    if (agent === 1 || request === 0 || text.charCodeAt(agent - 1) !== COMMA) return null;
    const answer = text.indexOf(ANSWER, request) + 1;
    const ids = answer === 0 ? -1 : text.indexOf(REQUEST_ID, answer);
    const idsEnd = ids === -1 ? -1 : text.indexOf(EVENT_ID, ids + REQUEST_ID.length);
    if (idsEnd === -1 || !PLAIN_ID.test(text.substring(ids + REQUEST_ID.length, idsEnd))) return null;
    const end = idsEnd + EVENT_ID.length + GUID_LENGTH + 2;
    const id = text.substring(end - 2 - GUID_LENGTH, end - 2);
    if (!GUID.test(id) || !text.startsWith('",', end - 2)) return null;
    if (text.charCodeAt(text.length - 1) !== CLOSE) return null;

    const at = instantIn(text.substring(time, time + ISO_LENGTH));
    const who = runs.identity(text, time - TIME.length);
    const what = runs.call.find(text.substring(call, address - 1)).meaning;
    const from = runs.address.find(text.substring(address, agent - 1)).meaning;
    const agentRun = runs.agent.find(text.substring(agent, request - 1), who?.lastAgent);
    const how = agentRun.meaning;
    const about = runs.request.find(text.substring(request, answer - 1)).meaning;
    const answered = runs.answer(text.substring(answer, ids));
    const endRun = runs.end.find(text.substring(end, text.length - 1), what?.lastEnd);
    const rest = endRun.meaning;
    if (at === null || who === null || what === null || from === null) return null;
    who.lastAgent = agentRun;
    what.lastEnd = endRun;
    if (how === null || about === null || !answered || rest === null) return null;
    const template = what.risky
      ? templateIn(readEvent, [
          who.members,
          what.members,
          how.members,
          membersIn('request', text.slice(request, answer - 1)) ?? {},
          rest.members,
        ])
      : templateOf(who, what, how, rest);
    if (template === null) return null;
    const resources = how.names || rest.names ? resourcesBeside(how, about, rest) : about.resources;
    return { template, id, at, address: from, resources };
  }

  return (text) => {
    if (resting > 0) {
      resting -= 1;
      return null;
    }
    const record = read(text);
    seen += 1;
    if (record === null) refused += 1;
    if (seen === WINDOW) decide();
    return record;
  };
}

function templateIn(readEvent: ReadEvent, members: readonly JsonObject[]): Template | null {
  const record = readMembers(readEvent, members);
  return record === null ? null : shared(record);
}

interface KnownTemplate {
  readonly who: Part;
  readonly what: CallPart;
  readonly how: NamingPart;
  readonly rest: NamingPart;
  readonly template: Template | null;
}

/** Records of such parts, remembered in as many places as there are; one that falls on another's place takes it. */
function templates(
  readEvent: ReadEvent,
): (who: Part, what: CallPart, how: NamingPart, rest: NamingPart) => Template | null {
  const places: (KnownTemplate | undefined)[] = Array.from({ length: TEMPLATES }, () => undefined);
  return (who, what, how, rest) => {
    const first = placeOf(who.number, what.number, how.number, rest.number);
    let place = first;
    for (let tried = 0; tried < TRIED; tried += 1) {
      const at = (first + tried) % TEMPLATES;
      const known = places[at];
      if (known === undefined) {
        place = at;
        break;
      }
      if (known.who === who && known.what === what && known.how === how && known.rest === rest)
        return known.template;
    }
    const template = templateIn(readEvent, [who.members, what.members, how.members, rest.members]);
    places[place] = { who, what, how, rest, template };
    return template;
  };
}

function placeOf(...numbers: readonly [number, number, number, number]): number {
  const [a, b, c, d] = numbers;
  const hash = Math.imul(Math.imul(Math.imul(a, 31) + b, 1_000_003) + c, 31) + d;
  return (hash ^ (hash >>> 15)) & (TEMPLATES - 1);
}

interface Beside {
  readonly how: NamingPart;
  readonly about: RequestPart;
  readonly rest: NamingPart;
  readonly resources: SharedResources;
}

/** What an event names where not only its request names something. */
function sharedResources(): (how: NamingPart, about: RequestPart, rest: NamingPart) => SharedResources {
  const places: (Beside | undefined)[] = Array.from({ length: TEMPLATES }, () => undefined);
  return (how, about, rest) => {
    const place = placeOf(how.number, about.number, rest.number, 0);
    const known = places[place];
    if (known?.how === how && known.about === about && known.rest === rest) return known.resources;
    const named = [...resourcesOf(rest.members), ...about.resources.value, ...resourcesOf(how.members)];
    const resources: SharedResources = shared([...new Set(named)].slice(0, MOST_RESOURCES));
    places[place] = { how, about, rest, resources };
    return resources;
  };
}

/** Events that follow each other are near in time, so the last one is remembered; null for what is no time in ISO 8601. */
function lastInstant(): (text: string) => Instant | null {
  let last = '';
  let instant: Instant | null = null;
  return (text) => {
    if (text === last) return instant;
    last = copyOf(text);
    instant = ISO_TIME.test(last) ? parseInstant(last) : null;
    return instant;
  };
}
