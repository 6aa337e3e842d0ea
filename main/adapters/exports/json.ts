import type { Report } from '../../core/report/model.ts';
import type { TrailExport } from '../../core/trail/model.ts';

/** The version of the JSON export as a whole; the report inside has its own. */
const EXPORT_SCHEMA_VERSION = 1;

/**
 * The report and the trail as one JSON document of UTF-8 text. The trail is passed on exactly as stored, so that `verify` can check it
 * from this file alone. Characters that would be invisible, or would reorder what is shown around them, are escaped; a reader
 * gets them back unchanged.
 */
export function renderJson(report: Report, trail: TrailExport): string {
  const document = {
    schemaVersion: EXPORT_SCHEMA_VERSION,
    kind: 'demarc_report',
    mode: report.header.mode,
    report,
    trail,
  };
  return jsonText(document);
}

/** A value as indented JSON with a final line feed, and no character in it that is invisible or reorders others. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(INVISIBLE, escaped)}\n`;
}

/** Never the line feed: outside strings it is JSON's own white space, and inside it is escaped already. */
const INVISIBLE = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]/gu;

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => unit(character.charCodeAt(index))).join('');
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
