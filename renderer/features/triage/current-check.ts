import type { Check, Playbook } from '../../../main/core/playbook/definition.ts';
import type { Judgement, NextCheck } from '../../../main/core/verdict/model.ts';

/** The check on the screen and how it came there. */
export interface CurrentCheck {
  readonly check: Check;
  /** Why it is asked now. */
  readonly why: string;
  /** The engine's proposal behind it; null when the responder chose it. */
  readonly next: NextCheck | null;
  /** Set when the engine has come to prefer another while this one was on the screen. */
  readonly better: string | null;
}

/**
 * The check to ask. What the responder chose comes first, then the one that is on the screen already, as long as it is
 * worth asking: news from a feed must never change the question under somebody's fingers. Then the engine's best.
 */
export function currentCheck(
  playbook: Playbook,
  judgement: Pick<Judgement, 'next' | 'unchecked'>,
  chosen: string | null,
  shown: string | null,
): CurrentCheck | null {
  const best = judgement.next[0]?.check ?? null;
  const askable = new Set([...judgement.next, ...judgement.unchecked].map(({ check }) => check));
  const kept = shown !== null && askable.has(shown) ? shown : best;
  const known = (id: string | null): Check | undefined => playbook.checks.find((one) => one.id === id);
  const check = known(chosen) ?? known(kept) ?? known(best);
  if (check === undefined) return null;
  const next = judgement.next.find((one) => one.check === check.id) ?? null;
  return {
    check,
    why: next?.why ?? check.why,
    next,
    better: best === null || best === check.id || check.id === chosen ? null : best,
  };
}

/** A check that can be asked instead of the one on the screen. */
export interface OtherCheck {
  readonly check: Check;
  readonly why: string;
  readonly costMinutes: number;
  readonly rank: number | null;
  /** The most it could move the leader, in log-odds; null when it was answered before. */
  readonly atMost: number | null;
}

/** What else can be asked: the engine's list, best first, then what it holds for not worth the minutes. */
export function otherChecks(
  playbook: Playbook,
  judgement: Pick<Judgement, 'next' | 'unchecked'>,
  current: string | null,
): readonly OtherCheck[] {
  const ids = [...new Set([...judgement.next, ...judgement.unchecked].map(({ check }) => check))];
  return ids.flatMap((id): OtherCheck[] => {
    const check = playbook.checks.find((one) => one.id === id);
    if (check === undefined || id === current) return [];
    const at = judgement.next.findIndex((one) => one.check === id);
    const next = judgement.next[at];
    return [
      {
        check,
        why: next?.why ?? check.why,
        costMinutes: check.costMinutes,
        rank: next === undefined ? null : at + 1,
        atMost: judgement.unchecked.find((one) => one.check === id)?.atMost ?? null,
      },
    ];
  });
}
