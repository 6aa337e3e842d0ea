/** Rows as they come: columns that grow, and are used again for the next batch. */
export interface Columns {
  rows: number;
  at: Float64Array;
  kind: Uint8Array;
  call: Uint32Array;
  address: Uint32Array;
  message: Uint32Array;
  resources: Uint32Array;
  detail: Uint32Array;
  guids: Uint8Array;
  prints: Uint32Array;
  /** Row and id of those whose id is no GUID. */
  otherIds: (readonly [row: number, id: string])[];
  /** The texts of all rows one after the other, and where those of each end. */
  texts: Uint32Array;
  textEnds: Uint32Array;
  textCount: number;
}

const SMALLEST = 256;
/** Texts of a record, more or less. */
const TEXTS_EACH = 12;

export function newColumns(): Columns {
  return {
    rows: 0,
    at: new Float64Array(SMALLEST),
    kind: new Uint8Array(SMALLEST),
    call: new Uint32Array(SMALLEST),
    address: new Uint32Array(SMALLEST),
    message: new Uint32Array(SMALLEST),
    resources: new Uint32Array(SMALLEST),
    detail: new Uint32Array(SMALLEST),
    guids: new Uint8Array(SMALLEST * 16),
    prints: new Uint32Array(SMALLEST * 2),
    otherIds: [],
    texts: new Uint32Array(SMALLEST * TEXTS_EACH),
    textEnds: new Uint32Array(SMALLEST),
    textCount: 0,
  };
}

/** Makes room for one more row. */
export function reserveRow(columns: Columns): void {
  if (columns.rows < columns.at.length) return;
  columns.at = doubled(columns.at, Float64Array);
  columns.kind = doubled(columns.kind, Uint8Array);
  for (const name of ['call', 'address', 'message', 'resources', 'detail', 'prints', 'textEnds'] as const)
    columns[name] = doubled(columns[name], Uint32Array);
  columns.guids = doubled(columns.guids, Uint8Array);
}

/** Notes that the row being written has a text. */
export function pushText(columns: Columns, text: number): void {
  if (columns.textCount === columns.texts.length) columns.texts = doubled(columns.texts, Uint32Array);
  columns.texts[columns.textCount] = text;
  columns.textCount += 1;
}

/** The same of several. */
export function pushTexts(columns: Columns, texts: readonly number[]): void {
  const from = columns.textCount;
  while (from + texts.length > columns.texts.length) columns.texts = doubled(columns.texts, Uint32Array);
  const all = columns.texts;
  for (let index = 0; index < texts.length; index += 1) all[from + index] = texts[index] ?? 0;
  columns.textCount = from + texts.length;
}

function doubled<T extends Float64Array | Uint8Array | Uint32Array>(
  from: T,
  Kind: new (length: number) => T,
): T {
  const to = new Kind(from.length * 2);
  to.set(from);
  return to;
}

/** Begins anew in the same memory. */
export function emptyColumns(columns: Columns): void {
  columns.rows = 0;
  columns.textCount = 0;
  columns.otherIds = [];
}

/** The rows in the order of time, oldest first; those of one instant stay as they came. Null when they came so. */
export function orderOf({ at, rows }: Columns): Uint32Array | null {
  for (let row = 1; row < rows; row += 1) {
    if ((at[row] ?? 0) < (at[row - 1] ?? 0)) {
      const order = new Uint32Array(rows);
      for (let index = 0; index < rows; index += 1) order[index] = index;
      return order.sort((a, b) => (at[a] ?? 0) - (at[b] ?? 0) || a - b);
    }
  }
  return null;
}

/** A copy of a column's `width` values for each row, in that order. */
export function ordered<T extends Float64Array | Uint8Array | Uint32Array>(
  column: T,
  {
    rows,
    order,
    width = 1,
  }: { readonly rows: number; readonly order: Uint32Array | null; readonly width?: number },
): T {
  const copy = column.slice(0, rows * width) as T;
  if (order === null) return copy;
  for (let position = 0; position < rows; position += 1) {
    const from = (order[position] ?? 0) * width;
    for (let index = 0; index < width; index += 1) copy[position * width + index] = column[from + index] ?? 0;
  }
  return copy;
}

/** The ids that are no GUIDs, by position. */
export function idsByPosition(
  { otherIds, rows }: Columns,
  order: Uint32Array | null,
): readonly (readonly [position: number, id: string])[] {
  if (order === null || otherIds.length === 0) return otherIds;
  const byRow = new Map(otherIds);
  const ids: [number, string][] = [];
  for (let position = 0; position < rows; position += 1) {
    const id = byRow.get(order[position] ?? 0);
    if (id !== undefined) ids.push([position, id]);
  }
  return ids;
}

/** Turns the texts of each row around into the positions of each text, of which `highest` is the last. */
export function postingsOf(
  { texts, textEnds, textCount, rows }: Columns,
  order: Uint32Array | null,
  highest: number,
): { readonly texts: Uint32Array; readonly ends: Uint32Array; readonly positions: Uint16Array } {
  const ends = new Uint32Array(highest + 2);
  for (let at = 0; at < textCount; at += 1) {
    const text = (texts[at] ?? 0) + 1;
    ends[text] = (ends[text] ?? 0) + 1;
  }
  let present = 0;
  for (let text = 1; text < ends.length; text += 1) {
    if ((ends[text] ?? 0) > 0) present += 1;
    ends[text] = (ends[text] ?? 0) + (ends[text - 1] ?? 0);
  }
  // From here on `ends[text]` is where the next position of that text goes.
  const positions = new Uint16Array(textCount);
  for (let position = 0; position < rows; position += 1) {
    const row = order === null ? position : (order[position] ?? 0);
    const last = textEnds[row] ?? 0;
    for (let at = row === 0 ? 0 : (textEnds[row - 1] ?? 0); at < last; at += 1) {
      const text = texts[at] ?? 0;
      const to = ends[text] ?? 0;
      positions[to] = position;
      ends[text] = to + 1;
    }
  }
  const found = { texts: new Uint32Array(present), ends: new Uint32Array(present), positions };
  let before = 0;
  let slot = 0;
  for (let text = 1; text <= highest; text += 1) {
    const end = ends[text] ?? 0;
    if (end === before) continue;
    found.texts[slot] = text;
    found.ends[slot] = end;
    slot += 1;
    before = end;
  }
  return found;
}
