import { create } from 'zustand';
import type { Input } from '../../../preload/contract/requests.ts';

/** What lies over one of the sides. */
export type Panel = 'how' | 'evidence' | 'others';

type AnswerCommand = Extract<Input<'commandIncident'>['command'], { type: 'answer' }>;

/** What is prepared for a check and not answered yet. Its note is kept on disk as a draft. */
export interface Prepared {
  /** Answers marked, for a check that takes several. */
  readonly marked: readonly string[];
  /** The answer that waits for its number, and the number as typed. */
  readonly numberOf: string | null;
  readonly numberText: string;
  /** Evidence to attach: what it was chosen from, and its id in the incident. */
  readonly evidence: readonly { readonly from: string; readonly id: string; readonly name: string }[];
}

/** Nothing prepared. */
export const NOTHING: Prepared = { marked: [], numberOf: null, numberText: '', evidence: [] };

interface Session {
  readonly incidentId: string | null;
  /** The check on the screen; it stays there until it is answered or another is chosen. */
  readonly shown: string | null;
  readonly panel: Panel | null;
  readonly prepared: Readonly<Record<string, Prepared>>;
  /** An answer that could not be saved; Enter tries again. */
  readonly unsaved: AnswerCommand | null;
  /** Grows each time the question should take the focus. */
  readonly focusCalls: number;
  /** Begins anew for another incident; nothing happens for the same. */
  readonly enter: (incidentId: string) => void;
  readonly set: (changes: Partial<Pick<Session, 'shown' | 'panel' | 'unsaved'>>) => void;
  readonly prepare: (check: string, prepared: Prepared) => void;
  /** The check has been answered: what was prepared for it goes, and the engine's next best comes. */
  readonly answered: (check: string) => void;
  readonly callFocus: () => void;
}

/** What a responder has begun in triage; it survives a look at another view. */
export const useSession = create<Session>()((set) => ({
  incidentId: null,
  shown: null,
  panel: null,
  prepared: {},
  unsaved: null,
  focusCalls: 0,
  enter: (incidentId) => {
    set((session) =>
      session.incidentId === incidentId
        ? session
        : { incidentId, shown: null, panel: null, prepared: {}, unsaved: null, focusCalls: 0 },
    );
  },
  set: (changes) => {
    set(changes);
  },
  prepare: (check, next) => {
    set(({ prepared }) => ({ prepared: { ...prepared, [check]: next } }));
  },
  answered: (check) => {
    set(({ prepared, focusCalls }) => {
      const rest = Object.entries(prepared).filter(([id]) => id !== check);
      return {
        prepared: Object.fromEntries(rest),
        shown: null,
        panel: null,
        unsaved: null,
        focusCalls: focusCalls + 1,
      };
    });
  },
  callFocus: () => {
    set(({ focusCalls }) => ({ focusCalls: focusCalls + 1 }));
  },
}));
