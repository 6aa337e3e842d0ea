import type { LogRecord } from '../../main/core/evidence/model.ts';
import type { parseSearch } from '../../main/core/evidence/search.ts';

/** The plain meaning of a kind. */
export function isOfKind(record: LogRecord, kind: 'changes' | 'errors' | undefined): boolean {
  if (kind === undefined) return true;
  if (kind === 'errors') return record.errorCode !== null;
  return record.errorCode === null && record.readOnly !== true;
}

/** The plain meaning of a word, field by field. */
export function holds(record: LogRecord, { text, fields }: ReturnType<typeof parseSearch>[number]): boolean {
  const texts = {
    name: [record.name],
    source: [record.source],
    principal: [record.principal],
    actor: [record.actor],
    region: [record.region],
    account: [record.account],
    address: [record.sourceIp],
    agent: [record.userAgent],
    error: [record.errorCode ?? ''],
    message: [record.errorMessage ?? ''],
    resource: record.resources,
    detail: [record.detail],
  };
  const places =
    fields ?? (Object.keys(texts) as (keyof typeof texts)[]).filter((field) => field !== 'actor');
  return places.some((field) => texts[field].some((one) => one.toLowerCase().includes(text.toLowerCase())));
}
