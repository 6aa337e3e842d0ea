import type { Answer, Check } from '../../../main/core/playbook/definition.ts';

/**
 * Single letters that mean something else while a check is asked: the view's own commands and the window's.
 * A playbook's answer that asks for one of them is given another key, so that no press is ever ambiguous.
 */
export const TRIAGE_KEYS = {
  accept: 'a',
  back: 'b',
  callSheet: 'c',
  evidence: 'e',
  feeds: 'f',
  goTo: 'g',
  howTo: 'h',
  incidentNote: 'n',
  others: 'o',
  statement: 's',
  timeline: 't',
  undo: 'u',
  explain: 'v',
  note: 'w',
  proposal: 'p',
  playbook: 'm',
  useAtHand: 'y',
} as const;

const RESERVED: ReadonlySet<string> = new Set(Object.values(TRIAGE_KEYS));
const FREE = [...'123456789', ...'qrxzijkld'];

/** The key that is always *could not check*. */
const WAY_OUT_KEY = '0';

/** The answer every check has. Kept as a word here because the core's constant comes with its schemas. */
export const WAY_OUT: Answer['id'] = 'could_not_check';

export interface KeyedAnswer {
  readonly answer: Answer;
  /** A digit, or a letter that no command of the view uses. */
  readonly key: string;
}

/** The answers of a check with the key of each: the playbook's own where it is free, *could not check* always 0 and last. */
export function answerKeys(check: Pick<Check, 'answers'>): readonly KeyedAnswer[] {
  const wayOut = check.answers.filter(({ id }) => id === WAY_OUT);
  const others = check.answers.filter(({ id }) => id !== WAY_OUT);
  const taken = new Map<string, string>();
  for (const { id, key } of others) {
    if (key !== WAY_OUT_KEY && !RESERVED.has(key) && !taken.has(key)) taken.set(key, id);
  }
  const keyed = others.map((answer): KeyedAnswer => {
    if (taken.get(answer.key) === answer.id) return { answer, key: answer.key };
    const key = FREE.find((one) => !taken.has(one)) ?? '';
    if (key !== '') taken.set(key, answer.id);
    return { answer, key };
  });
  return [...keyed, ...wayOut.map((answer) => ({ answer, key: WAY_OUT_KEY }))];
}

/**
 * What is marked after pressing an answer of a check that takes several: pressing again takes the mark away, and an
 * answer that stands alone, such as *none*, takes away the others.
 */
export function toggled(check: Pick<Check, 'answers'>, marked: readonly string[], answer: Answer): string[] {
  if (marked.includes(answer.id)) return marked.filter((id) => id !== answer.id);
  if (answer.alone) return [answer.id];
  const alone = new Set(check.answers.filter((one) => one.alone).map(({ id }) => id));
  return [...marked.filter((id) => !alone.has(id)), answer.id];
}

/** A number as people type it: `12`, `1.5`, `1,5`, `1 200`. Null when it is none. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replace(/\s/g, '').replace(',', '.').replace('−', '-');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return null;
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
