import { useEffect, useMemo } from 'react';
import type { Answer } from '../../../main/core/playbook/definition.ts';
import type { IncidentView, Suggestion } from '../../../preload/contract/views.ts';
import { useDraft } from '../../lib/drafts.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { navigate, useRoute } from '../../lib/navigation.ts';
import { atHand, type AtHand } from './at-hand.ts';
import { answerKeys, toggled, WAY_OUT, type KeyedAnswer } from './answer-keys.ts';
import { checkPath, lastStanding, stepBack, type PathStep } from './check-path.ts';
import { currentCheck, type CurrentCheck } from './current-check.ts';
import { preparedFrom } from './prepared.ts';
import { useSession, type Prepared } from './session-store.ts';
import { evidenceIdOf } from './evidence-id.ts';
import { isAtRest } from '../../lib/at-rest.ts';
import { useAttachedElsewhere } from './use-attached-elsewhere.ts';

/** Everything the view of one question needs, and what can be done with it. */
export interface Triage {
  readonly view: IncidentView;
  readonly path: readonly PathStep[];
  /** Null when nothing is left to ask. */
  readonly current: CurrentCheck | null;
  readonly keys: readonly KeyedAnswer[];
  /** The standing answer of the check on the screen, when it was answered before. */
  readonly before: PathStep | undefined;
  readonly prepared: Prepared;
  readonly prepare: (changes: Partial<Prepared>) => void;
  readonly note: ReturnType<typeof useDraft>;
  readonly suggestion: Suggestion | undefined;
  /** The answer that is at hand for the check on the screen, in the logs or the feeds. */
  readonly atHand: AtHand | null;
  /** Gives that answer with the evidence it rests on; null when there is none. */
  readonly takeAtHand: (() => void) | null;
  readonly isClosed: boolean;
  /** The responder asked for this check; the engine's proposal waits behind it. */
  readonly isChosen: boolean;
  /** Presses an answer: gives it, marks it, or asks for its number. */
  readonly press: (answer: Answer) => void;
  /** Gives the marked answers, or the one whose number is typed. */
  readonly confirm: (number: number | null) => void;
  /** Tries to save again what could not be saved. */
  readonly retry: () => void;
  readonly show: (check: string | null) => void;
  readonly back: (() => void) | null;
  readonly undo: (() => void) | null;
}

/** The question on the screen and the actions on it, from the incident's view and what the responder has begun. */
export function useTriage(view: IncidentView): Triage {
  const { state, playbook, formerChecks, judgement } = view;
  const route = useRoute();
  const session = useSession();
  const command = useIncident((store) => store.command);
  const busy = useIncident((store) => store.busy);
  const side = useIncident((store) => store.customerSide);
  const setFault = useIncident((store) => store.setFault);
  const asked = route.view === 'incident' ? (route.query?.['check'] ?? null) : null;

  const chosen = playbook.checks.some(({ id }) => id === asked) ? asked : null;
  const current = useMemo(
    () => currentCheck(playbook, judgement, chosen, session.shown),
    [playbook, judgement, chosen, session.shown],
  );
  const path = useMemo(
    () => checkPath(state.observations, [...playbook.checks, ...formerChecks]),
    [state.observations, playbook, formerChecks],
  );
  const check = current?.check;
  const keys = useMemo(() => (check === undefined ? [] : answerKeys(check)), [check]);
  const id = check?.id ?? '';
  const before = path.find((step) => step.check === id);
  const prepared = session.prepared[id] ?? preparedFrom(state, before, check?.several ?? false);
  const prepare = (changes: Partial<Prepared>): void => {
    session.prepare(id, { ...prepared, ...changes });
  };
  const suggestion = side?.suggestions.find((one) => one.check === id);
  const hand = check === undefined ? null : atHand(view, side, suggestion, check);
  const note = useDraft(state.id, `note:${id}`);

  useAttachedElsewhere(state.id, id, prepared);

  const { set: setSession } = session;
  useEffect(() => {
    if (chosen === null && id !== '') setSession({ shown: id });
  }, [chosen, id, setSession]);

  const show = (target: string | null): void => {
    navigate({
      view: 'incident',
      id: state.id,
      tab: 'triage',
      ...(target !== null && { query: { check: target } }),
    });
    if (target === null) session.set({ shown: null, panel: null });
    else session.set({ panel: null });
    session.callFocus();
  };

  const send = async (answer: Parameters<typeof command>[0]): Promise<void> => {
    if (answer.type !== 'answer' || busy) return;
    if (!(await command(answer))) {
      session.set({ unsaved: answer });
      session.callFocus();
      return;
    }
    note.clear();
    session.answered(answer.check);
    if (chosen !== null) show(null);
  };

  const give = (answers: readonly string[], number: number | null): void => {
    void send({
      type: 'answer',
      check: id,
      answers: [...answers],
      number,
      note: note.text,
      evidence: prepared.evidence.map((one) => one.id),
    });
  };

  const press = (answer: Answer): void => {
    if (check === undefined) return;
    // The number that the logs suggest stands ready; typing replaces it.
    const suggested = String(suggestion?.number ?? '');
    if (answer.number)
      prepare({
        numberOf: answer.id,
        numberText: prepared.numberText === '' ? suggested : prepared.numberText,
      });
    else if (check.several && answer.id !== WAY_OUT)
      prepare({ marked: toggled(check, prepared.marked, answer) });
    else give([answer.id], null);
  };

  const takeAtHand = async ({ answers, number, evidence }: AtHand): Promise<void> => {
    if (busy) return;
    const rests: string[] = [];
    for (const choice of evidence) {
      const one = await evidenceIdOf(state.id, choice, setFault);
      if (one !== null) rests.push(one);
    }
    const attached = [...new Set([...prepared.evidence.map((one) => one.id), ...rests])];
    await send({
      type: 'answer',
      check: id,
      answers: [...answers],
      number,
      note: note.text,
      evidence: attached,
    });
  };

  const previous = stepBack(path, id);
  const last = lastStanding(state.observations);
  const isClosed = isAtRest(state);
  return {
    view,
    path,
    current,
    keys,
    before,
    prepared,
    prepare,
    note,
    suggestion,
    atHand: hand,
    takeAtHand:
      hand === null || hand.answers.length === 0 || isClosed
        ? null
        : () => {
            void takeAtHand(hand);
          },
    isClosed,
    isChosen: chosen !== null,
    press,
    confirm: (number) => {
      if (prepared.numberOf !== null) {
        if (number !== null) give([prepared.numberOf], number);
      } else if (prepared.marked.length > 0) give(prepared.marked, null);
    },
    retry: () => {
      if (session.unsaved !== null) void send(session.unsaved);
    },
    show,
    back:
      previous === null
        ? null
        : () => {
            show(previous);
          },
    undo:
      last === undefined || isClosed
        ? null
        : () => {
            void command({ type: 'withdraw', observationId: last.observationId }).then((done) => {
              if (done) show(last.check);
            });
          },
  };
}
