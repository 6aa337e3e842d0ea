import { type RecordReader, rejected } from './adapter.ts';
import type { Json } from './json.ts';

const LONGEST = 200;

/** What a person is told of a throw, which is a fault of ours: it must not be looked for in the file. */
export function faultSentence(thrown: unknown): string {
  const said = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return `Demarc itself failed (${said.slice(0, LONGEST)}); the fault is not in the file`;
}

/** One record that breaks its adapter is no reason to lose those beside it. */
export function readSafely(
  source: RecordReader,
  value: Json,
  contentId: () => string,
): ReturnType<RecordReader['read']> {
  try {
    return source.read(value, contentId);
  } catch (thrown) {
    return rejected(faultSentence(thrown));
  }
}
