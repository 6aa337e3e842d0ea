// Without the schema library: the window imports this, and its bundle must not carry a compiler of schemas.

/** What a field of a row can be to us, besides its time. */
export const ROLES = [
  'name',
  'principal',
  'resource',
  'error',
  'message',
  'region',
  'account',
  'source',
  'address',
] as const;
/** One row of a file with its fields by name, whatever the file's format. */
export type Row = Readonly<Record<string, string>>;

/** What stands in a field of a row; '' when it has none of that name. */
export function cell(row: Row, field: string): string {
  // A field may be called as something that every object has.
  return Object.hasOwn(row, field) ? (row[field] ?? '') : '';
}
