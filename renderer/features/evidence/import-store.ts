import { create } from 'zustand';
import type { FileReport } from '../../../main/core/evidence/model.ts';
import type { ImportOutcome, ImportProgress } from '../../../preload/contract/views.ts';
import { announce } from '../../lib/announce.ts';
import { listen, request } from '../../lib/api.ts';
import { counted } from '../../lib/format.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { paceOf, withSample, type Pace, type Sample } from './progress.ts';

interface ImportStore {
  /** The incident that an import runs for; null when none runs. */
  readonly incidentId: string | null;
  readonly progress: ImportProgress | null;
  readonly pace: Pace | null;
  readonly cancelling: boolean;
  /** What came of the last import in this window, and for which incident. */
  readonly last: { readonly incidentId: string; readonly outcome: ImportOutcome } | null;
  /** Why the last import did not happen. */
  readonly fault: string | null;
  /** Something was dropped while the last import ran, and was not taken. */
  readonly turnedAway: boolean;
  /** Paths of files of the last import that wait to be mapped by hand. */
  readonly unmapped: readonly string[];
  /** The dialog that asks about the first of them is open. */
  readonly asking: boolean;
  readonly openMapping: () => void;
  readonly closeMapping: () => void;
  /** Reads the waiting files again, now that one more shape is known. */
  readonly importMapped: () => Promise<void>;
  readonly run: (incidentId: string, paths: readonly string[]) => Promise<void>;
  readonly choose: (incidentId: string, what: 'files' | 'folder') => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly dismissFault: () => void;
}

/** True while the other import runs and after it, until something is imported again. */
export const TURNED_AWAY = 'Not imported: another import was running. Drop these again once it has ended.';

let samples: readonly Sample[] = [];

/** The import under way, whichever view is on the screen. */
export const useImport = create<ImportStore>()((set, get) => ({
  incidentId: null,
  progress: null,
  pace: null,
  cancelling: false,
  last: null,
  fault: null,
  turnedAway: false,
  unmapped: [],
  asking: false,
  openMapping: () => {
    set({ asking: true });
  },
  closeMapping: () => {
    set({ asking: false });
  },
  importMapped: async () => {
    const { last, unmapped } = get();
    set({ asking: false });
    if (last !== null) await get().run(last.incidentId, unmapped);
  },
  run: async (incidentId, paths) => {
    if (paths.length === 0) return;
    if (get().incidentId !== null) {
      set({ turnedAway: true });
      return;
    }
    samples = [];
    set({ incidentId, progress: null, pace: null, cancelling: false, fault: null, turnedAway: false });
    const reply = await request('importEvidence', { incidentId, paths: [...paths] });
    set({ incidentId: null, progress: null, pace: null, cancelling: false });
    if (!reply.ok) {
      set({ fault: reply.error.message });
      return;
    }
    const { unmapped } = reply.value;
    set({ last: { incidentId, outcome: reply.value }, unmapped, asking: unmapped.length > 0 });
    announce(outcomeWords(reply.value));
    if (useIncident.getState().id === incidentId) await useIncident.getState().loadCustomerSide();
  },
  choose: async (incidentId, what) => {
    const reply = await request('chooseEvidence', { what });
    if (!reply.ok) set({ fault: reply.error.message });
    else await get().run(incidentId, reply.value);
  },
  cancel: async () => {
    const { incidentId } = get();
    if (incidentId === null) return;
    set({ cancelling: true });
    const reply = await request('cancelImport', { incidentId });
    if (!reply.ok) set({ cancelling: false, fault: reply.error.message });
  },
  dismissFault: () => {
    set({ fault: null, turnedAway: false });
  },
}));

/** Takes in what main tells of an import's progress; returns how to stop. */
export function followImport(): () => void {
  return listen('importProgress', (progress) => {
    if (useImport.getState().incidentId !== progress.incidentId || progress.done) return;
    const { bytesRead, records } = progress;
    samples = withSample(samples, { at: performance.now(), bytesRead, records });
    useImport.setState({ progress, pace: paceOf(samples, progress) });
  });
}

/** What came of an import, in one sentence. */
export function outcomeWords({ files, cancelled }: Pick<ImportOutcome, 'files' | 'cancelled'>): string {
  const sum = (of: (file: FileReport) => number): number =>
    files.reduce((total, file) => total + of(file), 0);
  const duplicates = sum(({ duplicates: many }) => many);
  const rejected = sum(({ rejected: many }) => many);
  const unknown = files.filter(({ recognisedAs }) => recognisedAs === null).length;
  const records = sum(({ records: many }) => many);
  const findings = sum(({ findings: many }) => many);
  const taken = [
    ...(records > 0 || findings === 0 ? [counted(records, 'record')] : []),
    ...(findings > 0 ? [counted(findings, 'finding')] : []),
  ];
  const parts = [
    `${taken.join(' and ')} from ${counted(files.length, 'file')}`,
    duplicates > 0 && `${counted(duplicates, 'record')} there already`,
    rejected > 0 && `${counted(rejected, 'record')} rejected`,
    unknown > 0 && `${counted(unknown, 'file')} not recognised`,
  ].filter((part) => part !== false);
  return `${cancelled ? 'Cancelled after' : 'Read'} ${parts.join(', ')}.`;
}
