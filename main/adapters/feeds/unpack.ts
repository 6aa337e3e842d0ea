import { openDocument } from './document.ts';
import { isRecord, listField, textField, type UnknownRecord } from './fields.ts';
import { detectKind } from './registry.ts';

/** A document as the kinds read it, and how it was got out of what a person gave; `how` is empty when it was plain. */
export interface Unpacked {
  readonly bytes: Uint8Array;
  readonly how: string;
}

/**
 * What people save or paste is often a provider's document inside another: a message of SNS or SQS, the event that a
 * function was called with, an entry of Cloud Logging, one event per line, a block out of a chat. Takes it out where
 * that gives a document of a known kind, else leaves it as it is. Only for what a person gives: of a feed on the
 * network, the end of a line is no sign that the whole has arrived.
 */
export function unpack(given: Uint8Array): Unpacked {
  const plain: Unpacked = { bytes: given, how: '' };
  if (detectKind(given) !== null) return plain;
  for (const attempt of [fromFence, fromLines, fromMessages, fromLogEntries]) {
    const found = attempt(given);
    if (found !== null && detectKind(found.bytes) !== null) return found;
  }
  return plain;
}

const MOST_LINES = 20_000;

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function packed(value: unknown, how: string): Unpacked {
  return { bytes: new TextEncoder().encode(JSON.stringify(value)), how };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** ```json … ``` out of a chat or a wiki, and what stands before the first brace or after the last. */
function fromFence(given: Uint8Array): Unpacked | null {
  const text = textOf(given);
  const fenced = /```[a-z]*\r?\n([\s\S]{2,}?)\r?\n\s*```/.exec(text)?.[1];
  if (fenced === undefined) return null;
  const inner = new TextEncoder().encode(fenced);
  const further = unpack(inner);
  return {
    bytes: further.bytes,
    how: ['a code block', further.how].filter((part) => part !== '').join(', '),
  };
}

/** One JSON document per line, each whole. */
function fromLines(given: Uint8Array): Unpacked | null {
  const lines = textOf(given)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (lines.length < 2 || lines.length > MOST_LINES || !lines.every((line) => line.startsWith('{')))
    return null;
  const values = lines.map(json);
  if (values.includes(undefined)) return null;
  const inner = values.flatMap((value) => innerOf(value) ?? [value]);
  return packed(inner, `${lines.length} lines`);
}

/** A message of SNS, messages of SQS, or what a function was called with by either. */
function fromMessages(given: Uint8Array): Unpacked | null {
  const document = openDocument(given);
  if (!document.ok || document.value.form !== 'json') return null;
  const inner = innerOf(document.value.value);
  if (inner === null) return null;
  return inner.length === 1 ? packed(inner[0], 'a message') : packed(inner, `${inner.length} messages`);
}

/** The documents inside a message, through every wrapping; null when there is none. */
function innerOf(value: unknown, depth = 0): readonly unknown[] | null {
  if (!isRecord(value) || depth > 4) return null;
  const bodies = bodiesOf(value);
  if (bodies === null) return null;
  return bodies.flatMap((body) => {
    const inner = typeof body === 'string' ? json(body) : body;
    return inner === undefined ? [] : (innerOf(inner, depth + 1) ?? [inner]);
  });
}

function bodiesOf(value: UnknownRecord): readonly unknown[] | null {
  if (textField(value, 'Type') === 'Notification' && 'Message' in value) return [value['Message']];
  const [records, messages] = [listField(value, 'Records'), listField(value, 'Messages')];
  const items = [...records, ...messages].filter(isRecord);
  const bodies = items.flatMap((item) => {
    const sns = item['Sns'];
    return isRecord(sns) ? [sns['Message']] : [item['body'] ?? item['Body']];
  });
  const told = bodies.filter((body) => body !== undefined);
  return told.length === 0 ? null : told;
}

const EVENT_LOG = /google\.cloud\.servicehealth\.logging\./;

/** Entries of Cloud Logging about service health, as the Logs Explorer copies and downloads them. */
function fromLogEntries(given: Uint8Array): Unpacked | null {
  const document = openDocument(given);
  if (!document.ok || document.value.form !== 'json') return null;
  const { value } = document.value;
  const entries = Array.isArray(value)
    ? value
    : isRecord(value) && Array.isArray(value['entries'])
      ? listField(value, 'entries')
      : [value];
  const events = entries.flatMap((entry) => healthLog(entry) ?? []);
  return events.length === 0
    ? null
    : packed({ events }, events.length === 1 ? 'a log entry' : `${events.length} log entries`);
}

/** A log entry as the event of the API that it repeats; its lists are written as text: `['us-central1']`. */
function healthLog(entry: unknown): UnknownRecord | null {
  const payload = isRecord(entry) ? entry['jsonPayload'] : null;
  if (!isRecord(entry) || !isRecord(payload) || !EVENT_LOG.test(textField(payload, '@type'))) return null;
  const labels =
    isRecord(entry['resource']) && isRecord(entry['resource']['labels']) ? entry['resource']['labels'] : {};
  const id = textField(labels, 'event_id') || textField(entry, 'insertId');
  const container = textField(labels, 'resource_container');
  const products = quoted(textField(payload, 'impactedProducts'));
  const locations = quoted(textField(payload, 'impactedLocations'));
  const rows = Math.max(products.length, locations.length);
  return {
    ...payload,
    name: `projects/${container}/locations/global/events/${id}`,
    eventImpacts: Array.from({ length: rows }, (_, at) => ({
      product: { productName: products[at] ?? '' },
      location: { locationName: locations[at] ?? '' },
    })),
    updates: [
      {
        updateTime: textField(payload, 'updateTime') || textField(entry, 'timestamp'),
        title: textField(payload, 'title'),
        description: textField(payload, 'description'),
      },
    ],
  };
}

function quoted(text: string): readonly string[] {
  return [...text.slice(0, 100_000).matchAll(/'([^']*)'|"([^"]*)"/g)].map(
    (match) => match[1] ?? match[2] ?? '',
  );
}
