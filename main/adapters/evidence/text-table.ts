/** A text met before, and what it means. */
export interface Known<T> {
  readonly text: string;
  readonly meaning: T;
}

/** Looks up what texts mean. */
export interface TextTable<T> {
  /** `likely` is tried first: one of this table's, after which this text often comes. */
  readonly find: (part: string, likely?: Known<T> | null) => Known<T>;
  /** How many texts had to be looked into so far. */
  readonly misses: () => number;
}

interface TableOptions {
  /** How many texts are remembered before all are forgotten. */
  readonly most: number;
  /** A longer text is looked into each time and not remembered. */
  readonly longest: number;
  /** Where in a longer text those differ that differ at all: what decides where it is looked for. All of it when left out. */
  readonly telling?: { readonly from: number; readonly to: number };
}

/**
 * Remembers what texts mean that come again and again. To find one costs a hash of its telling characters and one comparison of
 * the whole, which is what decides. `meaningOf` gets a copy that does not keep in memory what the text was cut from; all of its
 * characters must be below U+0100.
 */
export function textTable<T>(
  { most, longest, telling }: TableOptions,
  meaningOf: (text: string) => T,
): TextTable<T> {
  const table = new Map<string, Known<T>>();
  let misses = 0;
  return {
    find(part, likely) {
      if (likely != null && likely.text === part) return likely;
      const whole = telling === undefined || part.length <= telling.to;
      const key = whole ? part : part.substring(telling.from, telling.to);
      const known = table.get(key);
      if (known !== undefined && (whole || known.text === part)) return known;
      misses += 1;
      const text = copyOf(part);
      const fresh = { text, meaning: meaningOf(text) };
      if (part.length <= longest) {
        if (table.size >= most) table.clear();
        table.set(whole ? text : copyOf(key), fresh);
      }
      return fresh;
    },
    misses: () => misses,
  };
}

/** The same text that does not keep in memory what it was cut from; of characters below U+0100. */
export function copyOf(part: string): string {
  return Buffer.from(part, 'latin1').toString('latin1');
}
