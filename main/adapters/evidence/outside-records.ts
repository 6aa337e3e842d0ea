import type { Container } from './adapter.ts';
import { isSpace } from './record-end.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
/** What can stand outside of texts; NUL is what a disk leaves behind the end. */
const OF_JSON = new Set(Buffer.from('\0 \t\r\n,:"{}[]0123456789+-.eEtrufalsn'));

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
  let expects: 'anything' | 'comma or end' | 'key' = 'anything';

  function continuesObject(byte: number): boolean {
    if (expects === 'anything' || isSpace(byte)) return true;
    const fits = expects === 'key' ? byte === QUOTE : byte === COMMA || byte === CLOSE;
    expects = byte === COMMA ? 'key' : 'anything';
    return fits;
  }

  function opensOrCloses(byte: number, depth: number): boolean {
    if (byte === OPEN || byte === OPEN_LIST) return depth < deepest;
    if (byte === CLOSE_LIST && kind === 'wrapped' && depth === 1) return false;
    return (byte !== CLOSE && byte !== CLOSE_LIST) || depth > 0;
  }

  return {
    listEnded() {
      if (kind === 'wrapped') expects = 'comma or end';
    },
    left() {
      expects = 'anything';
    },
    allows: (byte, depth) => OF_JSON.has(byte) && continuesObject(byte) && opensOrCloses(byte, depth),
  };
}
