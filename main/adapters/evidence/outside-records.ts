import type { Container } from './adapter.ts';
import { isSpace } from './record-end.ts';

const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
/** Of numbers, true, false and null. NUL is what a disk leaves behind the end. */
const LITERALS = '0123456789+-.eEtrufalsn';
const VALUE = `{["${LITERALS}`;
/** What may follow what, white space aside. */
const FOLLOWS: readonly (readonly [before: string, next: string])[] = [
  ['{', '"}'],
  ['[', `${VALUE}]`],
  [',:', VALUE],
  ['}]', ',}]'],
  ['"', ',:}]'],
  [LITERALS, `${LITERALS},}]`],
];
const NEXT = new Map(
  FOLLOWS.flatMap(([before, next]) =>
    [...Buffer.from(before)].map((byte) => [byte, new Set(Buffer.from(next))]),
  ),
);
const OF_JSON = new Set(Buffer.from(`\0,:}]${VALUE}`));

/** What can stand outside of records, as far as damage is to be told from parts of a document that hold none. */
export interface OutsideRecords {
  /** The list of records has ended. */
  readonly listEnded: () => void;
  /** A record has begun, or the search for one. */
  readonly left: () => void;
  /** Whether the byte can stand here, at that depth and in no text. */
  readonly allows: (byte: number, depth: number) => boolean;
}

/** Follows what stands outside of the records of a document, nested at most so many levels deep. */
export function outsideRecords({ kind }: Container, deepest: number): OutsideRecords {
  let before: number | null = null;
  /** In the object that holds the list, behind it. */
  let isBehind = false;

  function opensOrCloses(byte: number, depth: number): boolean {
    if (byte === OPEN || byte === OPEN_LIST) {
      // In that object a key comes first.
      return depth < deepest && !(isBehind && depth === 1 && before === COMMA);
    }
    if (byte === CLOSE_LIST && kind === 'wrapped' && depth === 1) return false;
    return (byte !== CLOSE && byte !== CLOSE_LIST) || depth > 0;
  }

  return {
    listEnded() {
      before = CLOSE_LIST;
      isBehind = kind === 'wrapped';
    },
    left() {
      before = null;
      isBehind = false;
    },
    allows(byte, depth) {
      if (isSpace(byte)) return true;
      const follows = depth === 0 || before === null || NEXT.get(before)?.has(byte) === true;
      const fits = OF_JSON.has(byte) && follows && opensOrCloses(byte, depth);
      before = byte;
      return fits;
    },
  };
}
