type Parts = readonly [number, number, number];

/**
 * The version a document is saved under: the one it wishes for where that is higher than every saved one, else the next after the
 * highest, so that no two saved documents ever carry the same version.
 */
export function nextVersion(saved: readonly string[], wished: string): string {
  const highest = saved
    .map(partsOf)
    .reduce<Parts | null>((top, one) => (top === null || isHigher(one, top) ? one : top), null);
  if (highest === null || isHigher(partsOf(wished), highest)) return wished;
  return `${highest[0]}.${highest[1]}.${highest[2] + 1}`;
}

function partsOf(version: string): Parts {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return [major, minor, patch];
}

function isHigher(a: Parts, b: Parts): boolean {
  const at = ([0, 1, 2] as const).find((part) => a[part] !== b[part]);
  return at !== undefined && a[at] > b[at];
}
