export interface ScanEvents {
  /**
   * A record with balanced braces: the bytes from `start` to `end` of `bytes`, valid during the call; `offset` is its place
   * in the unpacked file. Answers false when it is not JSON, which makes the scanner look for damage inside it.
   */
  readonly onObject: (bytes: Buffer, start: number, end: number, offset: number) => boolean;
  /**
   * The same of bytes that very probably are one record: whatever is JSON was cut rightly. When it answers false nothing was
   * taken or noted, and the record is cut out with care.
   */
  readonly onGuess?: (bytes: Buffer, start: number, end: number, offset: number) => boolean;
  /** The same, and tried before, for whoever can tell without parsing; it is not yet known how deep they are nested. */
  readonly onQuick?: (bytes: Buffer, start: number, end: number) => boolean;
  /** A stretch that is no record, from `offset`, with the reason in words. */
  readonly onFault: (offset: number, reason: string) => void;
}

export interface ScanLimits {
  /** Bytes of one record. */
  readonly objectBytes: number;
  /** Levels of nesting inside one record. */
  readonly depth: number;
}

export interface ObjectScanner {
  /** Takes the next bytes of the unpacked file. */
  readonly push: (chunk: Buffer) => void;
  /** Ends the file; answers whether it ended where a JSON text may end. */
  readonly finish: () => 'whole' | 'cut_off';
}
