import type { Facts, ObservedAnswer } from '../../../main/core/verdict/model.ts';
import type { Provider } from '../../../main/core/sides.ts';

/** Facts from `check=answer,answer@minute` lines; a number as answer goes to `minutes`. */
export function factsFrom(provider: Provider, nowMinute: number, lines: readonly string[]): Facts {
  return { provider, nowMinute, observations: lines.map((line) => observationFrom(line, nowMinute)) };
}

function observationFrom(line: string, nowMinute: number): ObservedAnswer {
  const [said = '', minute] = line.split('@');
  const [check = '', answer = ''] = said.split('=');
  const base = { check, minute: minute === undefined ? nowMinute : Number(minute), evidence: [] };
  const number = Number(answer);
  return Number.isNaN(number)
    ? { ...base, answers: answer.split(',') }
    : { ...base, answers: ['minutes'], number };
}
