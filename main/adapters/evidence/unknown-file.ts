const UNPACK = 'Unpack it and import what is in it.';
const EXPORT = 'Export the same as JSON or CSV.';

/** What is known by how it begins, or by what stands at a place near its beginning, and cannot be read here. */
const KINDS: readonly (readonly [at: number, bytes: string, what: string, advice: string])[] = [
  [
    0,
    'PK\x03\x04',
    'a zip archive or a workbook',
    'Unpack it and import what is in it, or save the workbook as CSV.',
  ],
  [257, 'ustar', 'a tar archive', UNPACK],
  [0, 'BZh', 'packed by bzip2', UNPACK],
  [0, '\xfd7zXZ\0', 'packed by xz', UNPACK],
  [0, '\x28\xb5\x2f\xfd', 'packed by Zstandard', UNPACK],
  [0, '7z\xbc\xaf\x27\x1c', 'a 7z archive', UNPACK],
  [0, 'PAR1', 'a Parquet file', EXPORT],
  [0, 'Obj\x01', 'an Avro file', EXPORT],
  [0, '%PDF', 'a PDF document', EXPORT],
  [0, 'SQLite format 3\0', 'a database', EXPORT],
];

/** A sentence on a file of a kind that cannot be read here, whatever is in it; null when it may hold rows. */
export function foreignFile(content: Buffer): string | null {
  const found = KINDS.find(([at, bytes]) => content.toString('latin1', at, at + bytes.length) === bytes);
  return found === undefined ? null : `This is ${found[2]}, which is not read here. ${found[3]}`;
}

/** A sentence on a file that nothing knows; `text` is its beginning. */
export function unknownFile(content: Buffer, text: string): string {
  if (content.length === 0) return 'The file is empty.';
  if (/^\s*<(!doctype|html)/i.test(text))
    return 'This is a web page, not a log: perhaps a login page was saved.';
  const refused = /An error occurred \(\w{1,80}\) when calling the \w{1,80} operation/.exec(text);
  if (refused !== null)
    return `This is what the AWS command line said when it failed, not what it was asked for: “${refused[0]}”.`;
  if (/^\s*[{[]/.test(text)) return 'This is JSON, but of no kind that is known here.';
  return 'This is no kind of file that is known here.';
}
