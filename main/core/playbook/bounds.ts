const MAX_VALUES = 50_000;
const MAX_CHARACTERS = 2_000_000;
const MAX_DEPTH = 20;

/** True when a JSON value is small and flat enough to be worth validating; stops counting at the bound. */
export function isWithinBounds(json: unknown): boolean {
  let values = 0;
  let characters = 0;
  const pending: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth } = next;
    values += 1;
    if (typeof value === 'string') characters += value.length;
    if (values > MAX_VALUES || characters > MAX_CHARACTERS || depth > MAX_DEPTH) return false;
    if (typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value)) {
      characters += key.length;
      if (pending.length > MAX_VALUES) return false;
      pending.push({ value: inner, depth: depth + 1 });
    }
  }
  return true;
}
