import type { FeedKind } from '../../core/feeds/model.ts';
import { openDocument } from './document.ts';
import { isRecord, listField, textField, type UnknownRecord } from './fields.ts';
import { detectKind, titleOf } from './registry.ts';

/** What a feed is, as its own content tells. */
export interface Identity {
  readonly kind: FeedKind;
  /** The format in words: `Statuspage v2`, `incident.io, in Statuspage’s format`. */
  readonly format: string;
  /** Whose page it is, where the content says so. */
  readonly name: string | null;
}

/** What the bytes are a feed of; null when they are none that is known, or too bare to tell (`[]`). */
export function identify(bytes: Uint8Array): Identity | null {
  const kind = detectKind(bytes);
  if (kind === null) return null;
  const plain: Identity = { kind, format: titleOf(kind), name: null };
  if (kind !== 'statuspage') return plain;
  const document = openDocument(bytes);
  const body = document.ok && document.value.form === 'json' ? document.value.value : null;
  if (!isRecord(body)) return plain;
  const page = isRecord(body['page']) ? body['page'] : {};
  return {
    kind,
    format: isIncidentIo(body, page) ? 'incident.io, in Statuspage’s format' : plain.format,
    name: textField(page, 'name') || null,
  };
}

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** incident.io numbers with ULIDs and writes null for an empty list; Statuspage does neither. */
function isIncidentIo(body: UnknownRecord, page: UnknownRecord): boolean {
  const lists = ['incidents', 'scheduled_maintenances', 'components'];
  if (lists.some((key) => body[key] === null)) return true;
  const items = lists.flatMap((key) => listField(body, key).slice(0, 5)).filter(isRecord);
  return [page, ...items].some((item) => ULID.test(textField(item, 'id')));
}

/** Why bytes that carry no kind's marks are no feed that can be read, in one sentence. */
export function reasonAgainst(bytes: Uint8Array): string {
  const document = openDocument(bytes);
  if (!document.ok) return document.error.message;
  return `The answer is ${document.value.form === 'xml' ? 'XML' : 'JSON'}, but of no kind that Demarc reads.`;
}
