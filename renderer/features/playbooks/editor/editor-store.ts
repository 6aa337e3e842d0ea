import { create } from 'zustand';
import type { Playbook } from '../../../../main/core/playbook/definition.ts';
import type { PlaybookDetail, PlaybookExamination } from '../../../../preload/contract/views.ts';
import { request } from '../../../lib/api.ts';
import { isObject, setAt, type Json, type Path } from './json-edit.ts';
import { placeOfFault, type Section } from './sections.ts';

/** After this long without a key the draft is kept and looked through. */
const SETTLED_MS = 250;
/** So many steps can be undone. */
const MOST_UNDO = 200;

interface EditorStore {
  readonly id: string | null;
  /** Null while the text is no JSON. */
  readonly document: Json;
  readonly text: string;
  readonly undo: readonly string[];
  /** The newest saved version that this draft knows of. */
  readonly newest: number;
  readonly examination: PlaybookExamination | null;
  /** The last that had the shape of a playbook: what the map shows while the draft has not. */
  readonly drawn: Playbook | null;
  /** True while the examination is of an earlier text. */
  readonly pending: boolean;
  readonly section: Section;
  /** Place of the check in the form, within the document's own checks. */
  readonly check: number;
  /** The JSON path of a field that is to have the focus, and how often it was asked for. */
  readonly target: { readonly path: string; readonly call: number } | null;
  readonly fault: string | null;
  readonly saving: boolean;
  readonly open: (detail: PlaybookDetail) => void;
  readonly change: (change: (document: Json) => Json) => void;
  readonly set: (path: Path, value: Json) => void;
  readonly setText: (text: string) => void;
  readonly undoLast: () => void;
  readonly show: (place: Partial<Pick<EditorStore, 'section' | 'check'>>) => void;
  /** Goes to the field of a fault. */
  readonly goToFault: (path: string) => void;
  /** Goes to the fault after the one that was gone to last. */
  readonly goToNextFault: () => void;
  readonly save: () => Promise<boolean>;
  readonly discard: () => Promise<boolean>;
  readonly setFault: (fault: string | null) => void;
}

/** What is being written of a playbook. It is on the disk at most a moment after the last key, valid or not. */
export const useEditor = create<EditorStore>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const settle = async (): Promise<void> => {
    const { id, text } = get();
    if (id === null) return;
    const [kept, examined] = await Promise.all([
      request('keepPlaybookDraft', { id, text }),
      request('examinePlaybook', { text }),
    ]);
    if (get().id !== id) return;
    if (!kept.ok) set({ fault: `Not kept: ${kept.error.message}` });
    if (get().text !== text) return;
    if (examined.ok) set({ ...seen(examined.value, get().drawn), pending: false });
    else set({ fault: examined.error.message });
  };

  const write = (text: string, document: Json): void => {
    const { text: before, undo } = get();
    if (text === before) return;
    set({ text, document, undo: [...undo, before].slice(-MOST_UNDO), pending: true, fault: null });
    clearTimeout(timer);
    timer = setTimeout(() => void settle(), SETTLED_MS);
  };

  return {
    id: null,
    document: null,
    text: '',
    undo: [],
    newest: 0,
    examination: null,
    drawn: null,
    pending: false,
    section: 'about',
    check: 0,
    target: null,
    fault: null,
    saving: false,
    open: ({ row, text: saved, draft, versions, examination }) => {
      if (get().id === row.id) return;
      const text = draft?.text ?? saved;
      set({
        id: row.id,
        text,
        document: parsed(text),
        undo: [],
        newest: versions[0]?.number ?? 0,
        examination: null,
        drawn: examination.playbook,
        pending: true,
        section: 'about',
        check: 0,
        target: null,
        fault: null,
      });
      void request('examinePlaybook', { text }).then((reply) => {
        if (get().id === row.id && get().text === text && reply.ok)
          set({ ...seen(reply.value, get().drawn), pending: false });
      });
    },
    change: (change) => {
      const document = change(get().document);
      write(JSON.stringify(document, null, 2), document);
    },
    set: (path, value) => {
      get().change((document) => setAt(document, path, value));
    },
    setText: (text) => {
      write(text, parsed(text));
    },
    undoLast: () => {
      const { undo } = get();
      const before = undo.at(-1);
      if (before === undefined) return;
      write(before, parsed(before));
      set({ undo: undo.slice(0, -1) });
    },
    show: (place) => {
      set(place);
    },
    goToFault: (path) => {
      const { section, check } = placeOfFault(path);
      const call = (get().target?.call ?? 0) + 1;
      set({ section, ...(check !== null && { check }), target: { path, call } });
    },
    goToNextFault: () => {
      const paths = (get().examination?.faults ?? []).map(({ path }) => path);
      const next = paths[(paths.indexOf(get().target?.path ?? '') + 1) % Math.max(1, paths.length)];
      if (next !== undefined) get().goToFault(next);
    },
    save: async () => {
      const { id, text, newest: after } = get();
      if (id === null) return false;
      clearTimeout(timer);
      set({ saving: true });
      await settle();
      const reply = await request('savePlaybook', { id, text, after });
      set({ saving: false });
      if (!reply.ok) {
        set({ fault: reply.error.message });
        return false;
      }
      const document = setAt(get().document, ['version'], reply.value.version);
      set({
        newest: reply.value.number,
        document,
        text: JSON.stringify(document, null, 2),
        undo: [],
        fault: null,
      });
      return true;
    },
    discard: async () => {
      const { id } = get();
      if (id === null) return false;
      clearTimeout(timer);
      const reply = await request('keepPlaybookDraft', { id, text: null });
      set(reply.ok ? { id: null } : { fault: reply.error.message });
      return reply.ok;
    },
    setFault: (fault) => {
      set({ fault });
    },
  };
});

function parsed(text: string): Json {
  try {
    const json = JSON.parse(text) as Json;
    return isObject(json) ? json : null;
  } catch {
    return null;
  }
}

function seen(
  examination: PlaybookExamination,
  drawn: Playbook | null,
): Pick<EditorStore, 'examination' | 'drawn'> {
  return { examination, drawn: examination.playbook ?? drawn };
}
