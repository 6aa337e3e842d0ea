import { flatRow } from '../../core/evidence/mapping/flatten.ts';
import { LINE_PATTERNS, readLine } from '../../core/evidence/mapping/lines.ts';
import type { RowSample, RowShape } from '../../core/evidence/mapping/model.ts';
import type { Row } from '../../core/evidence/mapping/row.ts';
import type { Container } from './adapter.ts';
import { parseJson } from './json.ts';
import { outlineOf } from './outline.ts';
import { objectScanner } from './scan-objects.ts';
import { rowScanner } from './scan-rows.ts';

const MOST_ROWS = 50;
const MOST_FIELDS = 300;
const LIMITS = { objectBytes: 64 * 1024, depth: 100 };
const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Share of lines or rows that must be of one kind before a file is taken to consist of it. */
const ENOUGH = 0.6;

/**
 * The first rows of a file, whatever wrote it: objects of JSON, a table with a header, or lines of text with a time. Null when it is none
 * of these. `whole` tells that the bytes are all of the file.
 */
export function sampleRows(bytes: Buffer, whole: boolean): RowSample | null {
  const text = bytes.toString('utf8');
  if (/^\s*[[{]/.test(text)) {
    const sample = objectsIn(bytes, text);
    // A line may begin with a time in brackets.
    if (sample !== null) return sample;
  }
  return tableIn(bytes, text, whole) ?? linesIn(text, whole);
}

/** Where the rows of a shape are. */
export function containerOf(shape: RowShape): Container {
  switch (shape.format) {
    case 'table':
      return { kind: 'rows', delimiter: shape.delimiter };
    case 'text':
      return { kind: 'lines', pattern: shape.pattern };
    case 'json':
      if (shape.container === 'wrapped') return { kind: 'wrapped', key: shape.key };
      return shape.container === 'list' ? { kind: 'list' } : { kind: 'sequence' };
  }
}

function objectsIn(bytes: Buffer, text: string): RowSample | null {
  const place = placeOfObjects(text);
  if (place === null) return null;
  const rows: Row[] = [];
  const shape = { format: 'json' as const, ...place, fields: [] };
  const scanner = objectScanner(
    containerOf(shape),
    {
      onObject: (data, start, end) => {
        const row = flatRow(parseJson(data.toString('utf8', start, end)));
        if (row !== null && rows.length < MOST_ROWS) rows.push(row);
        return row !== null;
      },
      onFault: () => undefined,
    },
    LIMITS,
  );
  scanner.push(bytes);
  if (rows.length === 0) return null;
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort().slice(0, MOST_FIELDS);
  return { shape: { ...shape, fields }, rows };
}

function placeOfObjects(
  text: string,
): { readonly container: 'list' | 'lines' | 'wrapped'; readonly key: string } | null {
  if (/^\s*\[/.test(text)) return { container: 'list', key: '' };
  const first = text.trimStart().split('\n', 1)[0] ?? '';
  const alone = flatRow(parseJson(first));
  const lists = listsIn(text);
  // One object on one line may still be a document around a list.
  if (alone !== null && (lists === null || text.trim() !== first.trim()))
    return { container: 'lines', key: '' };
  return lists === null ? null : { container: 'wrapped', key: lists };
}

/** The key of the outermost object whose list holds the richest objects; null when there is none. */
function listsIn(text: string): string | null {
  const sizes = new Map<string, number>();
  for (const path of outlineOf(text).paths) {
    const key = /^([^.[\]]+)\[\]\../.exec(path)?.[1];
    if (key !== undefined) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  }
  return [...sizes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function tableIn(bytes: Buffer, text: string, whole: boolean): RowSample | null {
  const header = text.split('\n', 1)[0] ?? '';
  const delimiters = DELIMITERS.map((delimiter) => [delimiter, header.split(delimiter).length - 1] as const)
    .filter(([, count]) => count > 0)
    .sort((a, b) => b[1] - a[1]);
  for (const [delimiter] of delimiters) {
    const sample = rowsOf(bytes, delimiter, whole);
    if (sample !== null) return sample;
  }
  return null;
}

function rowsOf(bytes: Buffer, delimiter: (typeof DELIMITERS)[number], whole: boolean): RowSample | null {
  const rows: Row[] = [];
  let fields: readonly string[] = [];
  let faults = 0;
  const scanner = rowScanner(
    {
      onHeader: (names) => {
        fields = names;
      },
      onRow: (row) => {
        // Rows of a table hold text only.
        if (rows.length < MOST_ROWS) rows.push(row as Row);
      },
      onFault: () => {
        faults += 1;
      },
    },
    LIMITS,
    delimiter,
  );
  scanner.push(bytes);
  if (whole) scanner.finish();
  const isHeader =
    fields.length > 1 &&
    fields.length <= MOST_FIELDS &&
    fields.every((name) => /\p{L}/u.test(name) && name.length <= 120 && !/\d{2}:\d{2}/.test(name)) &&
    new Set(fields).size === fields.length;
  if (!isHeader || rows.length === 0 || rows.length < faults) return null;
  return { shape: { format: 'table', delimiter, fields: [...fields] }, rows };
}

function linesIn(text: string, whole: boolean): RowSample | null {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  // The last line may be cut off where the bytes end.
  if (!whole) lines.pop();
  const written = lines.filter((line) => line.trim() !== '').slice(0, 200);
  // Lines that are set in go on with the one before.
  const beginning = written.filter((line) => !/^\s/.test(line));
  for (const pattern of LINE_PATTERNS) {
    const rows = beginning.flatMap((line): readonly Row[] => {
      const row = readLine(pattern, line);
      return row === null ? [] : [row];
    });
    if (rows.length === 0 || rows.length < beginning.length * ENOUGH) continue;
    const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))].slice(0, MOST_FIELDS);
    return { shape: { format: 'text', pattern, fields }, rows: rows.slice(0, MOST_ROWS) };
  }
  return null;
}
