import { create } from 'zustand';
import type { VerdictLabel } from '../../main/core/sides.ts';
import type { TimelineItem } from '../../main/core/report/model.ts';
import type { Input } from '../../preload/contract/requests.ts';
import type { CustomerSide, IncidentView } from '../../preload/contract/views.ts';
import { listen, request } from './api.ts';
import { isAtRest } from './at-rest.ts';

type UserCommand = Input<'commandIncident'>['command'];

interface IncidentStore {
  readonly id: string | null;
  readonly view: IncidentView | null;
  /** Null until a view has asked for it with `loadTimeline`. */
  readonly timeline: readonly TimelineItem[] | null;
  /** Null until a view has asked for it with `loadCustomerSide`. */
  readonly customerSide: CustomerSide | null;
  /** Why the incident could not be opened. */
  readonly unreadable: string | null;
  /** Why the last request was not carried out. Stays until the next one succeeds or it is dismissed. */
  readonly fault: string | null;
  /** A command is on its way. */
  readonly busy: boolean;
  readonly open: (id: string) => Promise<void>;
  readonly close: () => void;
  /** Asks for everything anew that is shown. */
  readonly refresh: () => Promise<void>;
  /** Asks for what moves with time alone: the judgement, the age of feeds, what a drill has told. */
  readonly lookAgain: () => Promise<void>;
  readonly loadTimeline: () => Promise<void>;
  readonly loadCustomerSide: () => Promise<void>;
  /** True once it is in the trail. On false, `fault` says why and the caller keeps what was typed. */
  readonly command: (command: UserCommand) => Promise<boolean>;
  readonly accept: (verdict: VerdictLabel, reason: string) => Promise<boolean>;
  readonly switchPlaybook: (playbook: string, reason: string) => Promise<boolean>;
  readonly finishDrill: () => Promise<boolean>;
  readonly setFault: (fault: string | null) => void;
}

const CLOSED = {
  id: null,
  view: null,
  timeline: null,
  customerSide: null,
  unreadable: null,
  fault: null,
  busy: false,
} as const;

/** The incident that is open in the window. Everything here is a projection of its trail, asked for anew when it grew. */
export const useIncident = create<IncidentStore>()((set, get) => {
  /** An answer that was overtaken by a newer one, or belongs to an incident no longer open, is dropped. */
  const show = (id: string, view: IncidentView): void => {
    const { id: open, view: shown } = get();
    if (open !== id) return;
    if (shown !== null && shown.state.id === view.state.id && shown.state.entries > view.state.entries)
      return;
    set({ view, unreadable: null });
  };

  const carryOut = async (
    send: (id: string) => Promise<Awaited<ReturnType<typeof request<'getIncident'>>>>,
  ): Promise<boolean> => {
    const { id } = get();
    if (id === null) return false;
    set({ busy: true });
    const reply = await send(id);
    if (get().id !== id) return reply.ok;
    set({ busy: false, fault: reply.ok ? null : reply.error.message });
    if (!reply.ok) return false;
    show(id, reply.value);
    void reloadRest();
    return true;
  };

  const reloadRest = async (): Promise<void> => {
    await Promise.all([
      get().timeline === null ? null : get().loadTimeline(),
      get().customerSide === null ? null : get().loadCustomerSide(),
    ]);
  };

  return {
    ...CLOSED,
    open: async (id) => {
      if (get().id !== id) set({ ...CLOSED, id });
      await get().refresh();
    },
    close: () => {
      set(CLOSED);
    },
    refresh: async () => {
      await get().lookAgain();
      await reloadRest();
    },
    lookAgain: async () => {
      const { id } = get();
      if (id === null) return;
      const reply = await request('getIncident', { incidentId: id });
      if (get().id !== id) return;
      if (reply.ok) show(id, reply.value);
      else if (get().view === null) set({ unreadable: reply.error.message });
      else set({ fault: reply.error.message });
    },
    loadTimeline: async () => {
      const { id } = get();
      if (id === null) return;
      const reply = await request('getTimeline', { incidentId: id });
      if (get().id !== id) return;
      set(reply.ok ? { timeline: reply.value } : { fault: reply.error.message });
    },
    loadCustomerSide: async () => {
      const { id } = get();
      if (id === null) return;
      const reply = await request('getCustomerSide', { incidentId: id });
      if (get().id !== id) return;
      set(reply.ok ? { customerSide: reply.value } : { fault: reply.error.message });
    },
    command: (command) => carryOut((incidentId) => request('commandIncident', { incidentId, command })),
    accept: (verdict, reason) =>
      carryOut((incidentId) => request('acceptVerdict', { incidentId, verdict, reason })),
    switchPlaybook: (playbook, reason) =>
      carryOut((incidentId) => request('switchPlaybook', { incidentId, playbook, reason })),
    finishDrill: () => carryOut((incidentId) => request('finishDrill', { incidentId })),
    setFault: (fault) => {
      set({ fault });
    },
  };
});

const LOOK_AGAIN_MS = { live: 30_000, drill: 2_000 } as const;

/**
 * Keeps the open incident fresh: when main says that it grew, and from time to time, since time alone moves it too.
 * A push while one answer is being fetched leads to one more fetch, not to many.
 */
export function followIncident(): () => void {
  let running = false;
  let again = false;
  let lookedMs = Date.now();
  const refresh = async (): Promise<void> => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await useIncident.getState().refresh();
    } while (again);
    running = false;
    lookedMs = Date.now();
  };
  const timer = setInterval(() => {
    const { view, busy, lookAgain } = useIncident.getState();
    if (view === null || isAtRest(view.state) || running || busy) return;
    if (Date.now() - lookedMs < LOOK_AGAIN_MS[view.state.mode]) return;
    lookedMs = Date.now();
    void lookAgain();
  }, 1000);
  const stop = listen('changed', (message) => {
    if (message.topic === 'incident' && message.id === useIncident.getState().id) void refresh();
  });
  return () => {
    clearInterval(timer);
    stop();
  };
}
