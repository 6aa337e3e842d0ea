import type { LogRecord } from '../../core/evidence/model.ts';
import { shared, type SharedAddress, type SharedResources } from '../../core/evidence/templated-record.ts';
import type { NotTaken } from './adapter.ts';
import { identityOf } from './cloudtrail-identity.ts';
import { MOST_RESOURCES, resourcesOf } from './cloudtrail-resources.ts';
import { hasRiskReader } from './cloudtrail-risk.ts';
import { asObject, asText, type JsonObject, parseJson } from './json.ts';
import { copyOf, type Known, type TextTable, textTable } from './text-table.ts';

/** What an event is read from, by the run of members in which it may stand. */
export const RUNS = {
  identity: ['userIdentity'],
  call: ['eventSource', 'eventName', 'awsRegion'],
  address: ['sourceIPAddress'],
  agent: ['userAgent', 'errorCode', 'errorMessage'],
  request: ['requestParameters'],
  answer: ['responseElements'],
  end: ['readOnly', 'resources', 'recipientAccountId', 'eventCategory', 'sessionCredentialFromConsole'],
} as const;
type RunName = keyof typeof RUNS;

/** What else an event is read from: the first two stand between runs, and events with others are read the usual way. */
export const BESIDES = ['eventTime', 'eventID', 'addendum', 'serviceEventDetails'] as const;

const LOOKED_AT: ReadonlySet<string> = new Set([...Object.values(RUNS).flat(), ...BESIDES]);

/** Brackets and braces in one run; an event of such runs has fewer levels than that. */
const MOST_BRACKETS = 90;

/** Characters of JSON that are the same byte in UTF-8. */
const PLAIN = /^[\t\n\r -~]+$/;

/** A time as CloudTrail writes it. */
export const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
export const ISO_LENGTH = 20;
const SOME_TIME = '2020-01-01T00:00:00Z';
const BEGAN = '"creationDate":"';

/** Parts shared by texts that say the same; when there are more, they are made anew, which only costs time. */
const MOST_SHARED = 4_096;

/** What a run says. Those of one number say the same. */
export interface Part {
  readonly number: number;
  readonly members: JsonObject;
}

export interface IdentityPart extends Part {
  /** What was behind the last event of that identity: probably the next one has it too. */
  lastAgent: Known<NamingPart | null> | null;
}

export interface CallPart extends Part {
  /** The request may hold a risk. */
  readonly risky: boolean;
  /** How the last event of that call ended: probably the next one does so too. */
  lastEnd: Known<NamingPart | null> | null;
}

export interface NamingPart extends Part {
  /** It names resources. */
  readonly names: boolean;
}

export interface RequestPart {
  readonly number: number;
  readonly resources: SharedResources;
}

export type ReadEvent = (event: JsonObject, contentId: () => string) => LogRecord | NotTaken;

/** The runs met before; null means that an event with such a run is to be read the usual way. */
export interface Runs {
  /** Of the run that ends before `end`. */
  readonly identity: (text: string, end: number) => IdentityPart | null;
  readonly call: TextTable<CallPart | null>;
  readonly address: TextTable<SharedAddress | null>;
  readonly agent: TextTable<NamingPart | null>;
  readonly request: TextTable<RequestPart | null>;
  /** Whether it is an answer of which nothing is told. */
  readonly answer: (text: string) => boolean;
  readonly end: TextTable<NamingPart | null>;
  /** How many runs had to be parsed so far. */
  readonly misses: () => number;
}

/** Remembers runs in at most some tens of megabytes, whatever is in the events, and hardly ever more than one or two. */
export function runsOf(readEvent: ReadEvent): Runs {
  let numbers = 0;
  const numbered = <T extends object>(part: T): T & { readonly number: number } => {
    numbers += 1;
    return { ...part, number: numbers };
  };
  const naming = (members: JsonObject): NamingPart =>
    numbered({ members, names: resourcesOf(members).length > 0 });
  const identityPart = once((members: JsonObject): IdentityPart => numbered({ members, lastAgent: null }));
  const endPart = once(naming);
  const requestPart = once((resources: string[]): RequestPart => numbered({ resources: shared(resources) }));

  const identities = identityTable((text) => {
    const members = membersIn('identity', text.startsWith('{') ? text.slice(1) : '');
    // In a table of raw fields the identity is text; that is read elsewhere.
    if (members === null || typeof members['userIdentity'] === 'string') return null;
    const account = asText(asObject(members['userIdentity'])?.['accountId']);
    // Whether it was in the console is said in the last run.
    const inConsole = identityOf({ ...members, sessionCredentialFromConsole: true });
    return identityPart(JSON.stringify([identityOf(members), inConsole, account]), members);
  });
  const tables = {
    call: textTable({ most: 1_024, longest: 1_024 }, (text): CallPart | null => {
      const members = membersIn('call', text);
      if (members === null) return null;
      const record = readMembers(readEvent, [members]);
      return record === null ? null : numbered({ members, risky: hasRiskReader(record.name), lastEnd: null });
    }),
    address: textTable({ most: 16_384, longest: 128 }, (text): SharedAddress | null => {
      const members = membersIn('address', text);
      const record = members === null ? null : readMembers(readEvent, [SOME_CALL, members]);
      return record === null ? null : shared(record.sourceIp);
    }),
    agent: textTable({ most: 2_048, longest: 2_048 }, (text): NamingPart | null => {
      const members = membersIn('agent', text);
      return members === null ? null : naming(members);
    }),
    request: textTable({ most: 4_096, longest: 1_024 }, (text): RequestPart | null => {
      const members = membersIn('request', text);
      if (members === null) return null;
      const resources = resourcesOf(members);
      // There may be more, which would count if others of them were named elsewhere as well.
      return resources.length >= MOST_RESOURCES ? null : requestPart(JSON.stringify(resources), resources);
    }),
    end: textTable({ most: 1_024, longest: 2_048 }, (text): NamingPart | null => {
      const members = membersIn('end', text);
      return members === null ? null : endPart(JSON.stringify(RUNS.end.map((key) => members[key])), members);
    }),
  };
  const answers = answerTable();
  const all = [identities, answers, ...Object.values(tables)];
  return {
    ...tables,
    identity: identities.identity,
    answer: answers.answer,
    misses: () => all.reduce((sum, { misses }) => sum + misses(), 0),
  };
}

/** An identity up to when its session began, and what stood behind that when it was last met. */
interface Session {
  tail: string | null;
  part: IdentityPart | null;
}

/** The sessions of a role differ in when they began, which nothing looks at: any time stands for all of them. */
function identityTable(partIn: (text: string) => IdentityPart | null): Pick<Runs, 'identity' | 'misses'> {
  let misses = 0;
  const sessions = textTable(
    // The principal's own id and the session's name stand behind the type.
    { most: 2_048, longest: 2_048, telling: { from: 60, to: 124 } },
    (): Session => ({ tail: null, part: null }),
  );
  return {
    identity: (text, end) => {
      const began = text.indexOf(BEGAN) + BEGAN.length;
      const behind = began + ISO_LENGTH;
      const dated = began >= BEGAN.length && behind < end && ISO_TIME.test(text.substring(began, behind));
      const head = text.substring(0, dated ? began : end);
      const tail = dated ? text.substring(behind, end) : '';
      const session = sessions.find(head).meaning;
      if (session.tail !== tail) {
        misses += 1;
        session.tail = copyOf(tail);
        session.part = partIn(dated ? `${head}${SOME_TIME}${tail}` : head);
      }
      return session.part;
    },
    misses: () => misses,
  };
}

const ANSWER = '"responseElements":';
/** Longer ones mostly hold an id that no other has, and are not worth remembering. */
const LONGEST_ANSWER = 40;

function answerTable(): Pick<Runs, 'answer' | 'misses'> {
  let misses = 0;
  const known = textTable({ most: 256, longest: LONGEST_ANSWER }, tellsNothing);
  let last: Known<boolean> | null = null;
  return {
    answer: (text) => {
      if (text.length > LONGEST_ANSWER) {
        misses += 1;
        return tellsNothing(text);
      }
      last = known.find(text, last);
      return last.meaning;
    },
    misses: () => misses + known.misses(),
  };
}

/** A failed login is told by its answer. */
function tellsNothing(text: string): boolean {
  const isOne = text.startsWith(ANSWER) && PLAIN.test(text) && !hasManyBrackets(text);
  const alone = isOne ? parseJson(text.slice(ANSWER.length)) : undefined;
  // Other members may stand behind it.
  const answer = alone === undefined ? membersIn('answer', text)?.['responseElements'] : alone;
  return answer !== undefined && asObject(answer)?.['ConsoleLogin'] === undefined;
}

/**
 * What is looked at of members written one after the other, when they are JSON and nothing of it belongs in another run; null
 * otherwise.
 */
export function membersIn(run: RunName, text: string): JsonObject | null {
  if (!PLAIN.test(text) || hasManyBrackets(text)) return null;
  const members = asObject(parseJson(`{${text}}`));
  if (members === null) return null;
  const keys = Object.keys(members);
  const allowed: readonly string[] = RUNS[run];
  if (keys.length === 0 || keys.some((key) => LOOKED_AT.has(key) && !allowed.includes(key))) return null;
  // Nothing else, above all no `__proto__`, since the members of several runs become one object.
  return Object.fromEntries(keys.filter((key) => allowed.includes(key)).map((key) => [key, members[key]]));
}

function hasManyBrackets(text: string): boolean {
  if (text.length <= MOST_BRACKETS) return false;
  let count = 0;
  for (const bracket of '{[') {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) count += 1;
  }
  return count > MOST_BRACKETS;
}

const SOME_CALL: JsonObject = { eventSource: 'example.amazonaws.com', eventName: 'Example' };

/** The record that an event of such members is read into, at some time; null when it is none. */
export function readMembers(readEvent: ReadEvent, members: readonly JsonObject[]): LogRecord | null {
  const event = Object.assign(
    { eventTime: SOME_TIME, eventID: '00000000-0000-4000-8000-000000000000' },
    ...members,
  ) as JsonObject;
  const read = readEvent(event, () => '');
  return 'id' in read ? read : null;
}

/** Makes a part once for all that say the same. */
function once<From, To>(make: (from: From) => To): (key: string, from: From) => To {
  const parts = new Map<string, To>();
  return (key, from) => {
    const known = parts.get(key);
    if (known !== undefined) return known;
    if (parts.size >= MOST_SHARED) parts.clear();
    const part = make(from);
    parts.set(key, part);
    return part;
  };
}
