/** How the text of a file is written. */
export interface Decoder {
  /** Null when the bytes are UTF-8 already and pass as they are. */
  readonly encoding: 'UTF-16' | null;
  /** The next bytes as UTF-8. */
  readonly take: (bytes: Buffer) => Buffer;
  /** What was left over; only at the end of the file. */
  readonly end: () => Buffer;
}

const PLAIN: Decoder = { encoding: null, take: (bytes) => bytes, end: () => Buffer.alloc(0) };

/** Tells UTF-16 by its byte order mark, or by NUL at every second byte of the beginning: PowerShell redirects in UTF-16. */
export function decoderFor(beginning: Buffer): Decoder {
  const name = wideEncodingOf(beginning);
  if (name === null) return PLAIN;
  const decoder = new TextDecoder(name);
  return {
    encoding: 'UTF-16',
    take: (bytes) => Buffer.from(decoder.decode(bytes, { stream: true })),
    end: () => Buffer.from(decoder.decode()),
  };
}

/** True for UTF-32, which nobody writes logs in. */
export function isUtf32([a, b, c, d]: Buffer): boolean {
  return (a === 0xff && b === 0xfe && c === 0 && d === 0) || (a === 0 && b === 0 && c === 0xfe && d === 0xff);
}

function wideEncodingOf(content: Buffer): 'utf-16le' | 'utf-16be' | null {
  const [a, b, c, d] = content;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  // Text of logs begins with ASCII.
  if (a > 0x08 && b === 0 && c > 0x08 && d === 0) return 'utf-16le';
  return a === 0 && b > 0x08 && c === 0 && d > 0x08 ? 'utf-16be' : null;
}
