import fc from 'fast-check';
import { asObject, type Json } from '../../main/adapters/evidence/json.ts';

/** Values of the wrong kind, and of the right kind but absurd. */
const strange = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    0,
    -1,
    1e300,
    Number.MAX_SAFE_INTEGER,
    '',
    '\0',
    [],
    {},
    [[[null]]],
    '9999-12-31T23:59:59-12:00',
    '0000-01-01T00:00:00+12:00',
    'x'.repeat(5_000),
  ),
  fc.string(),
  fc.integer(),
);

/** A stream of picks for `changed`: mostly nothing, now and then a strange value. */
export const picks = fc.infiniteStream(fc.option(strange, { nil: undefined, freq: 12 }));

/** The value with what stands under some of its keys exchanged for what the stream gives. */
export function changed(value: Json, stream: Iterable<Json | undefined>): Json {
  const iterator: Iterator<Json | undefined, unknown> = stream[Symbol.iterator]();
  let keys = 0;
  const pick = (): Json | undefined => {
    keys += 1;
    // Mostly the record stays as it is.
    if (keys % 5 !== 0) return undefined;
    const next = iterator.next();
    return next.done === true ? undefined : next.value;
  };
  const change = (one: Json): Json => {
    if (Array.isArray(one)) return one.map((item: Json) => pick() ?? change(item));
    const object = asObject(one);
    if (object === null) return one;
    return Object.fromEntries(
      Object.entries(object).map(([key, inner]) => [key, pick() ?? change(inner ?? null)]),
    );
  };
  return change(value);
}
