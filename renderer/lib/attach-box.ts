import { create } from 'zustand';

/** Evidence attached in another view, on its way to the answer of the check being asked. */
export interface OnItsWay {
  readonly incidentId: string;
  /** What it was chosen from, as triage names it: `feed:ID`. */
  readonly from: string;
  readonly id: string;
  readonly name: string;
}

interface AttachBox {
  readonly waiting: readonly OnItsWay[];
  readonly put: (one: OnItsWay) => void;
  /** Gives what waits for an incident, and keeps it no longer. */
  readonly take: (incidentId: string) => readonly OnItsWay[];
}

/** Where other views leave what belongs to the next answer; triage takes it from there. */
export const useAttachBox = create<AttachBox>()((set, get) => ({
  waiting: [],
  put: (one) => {
    set(({ waiting }) => ({ waiting: [...waiting.filter(({ id }) => id !== one.id), one] }));
  },
  take: (incidentId) => {
    const { waiting } = get();
    const taken = waiting.filter((one) => one.incidentId === incidentId);
    if (taken.length > 0) set({ waiting: waiting.filter((one) => one.incidentId !== incidentId) });
    return taken;
  },
}));
