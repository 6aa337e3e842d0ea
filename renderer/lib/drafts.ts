import { useCallback, useEffect, useRef, useState } from 'react';
import { request } from './api.ts';

const SAVE_AFTER_MS = 400;

/**
 * A text being typed that survives the window: saved at most 400 ms after the last key, read back when the view opens.
 * `clear` empties it once what was typed is in the trail.
 */
export function useDraft(
  incidentId: string,
  key: string,
): { readonly text: string; readonly setText: (text: string) => void; readonly clear: () => void } {
  const place = `${incidentId} ${key}`;
  // With its place, so that a draft never shows under another question than its own.
  const [draft, setDraft] = useState({ place, text: '' });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const unsaved = useRef<string | null>(null);
  const touched = useRef(false);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    if (unsaved.current === null) return;
    const saving = unsaved.current;
    unsaved.current = null;
    void request('saveDraft', { incidentId, key, text: saving });
  }, [incidentId, key]);

  useEffect(() => {
    let current = true;
    touched.current = false;
    void request('listDrafts', { incidentId }).then((reply) => {
      if (!current || !reply.ok || touched.current) return;
      setDraft({ place, text: reply.value.find((one) => one.key === key)?.text ?? '' });
    });
    return () => {
      current = false;
      save();
    };
  }, [incidentId, key, place, save]);

  const setText = useCallback(
    (next: string) => {
      setDraft({ place, text: next });
      touched.current = true;
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    [place, save],
  );

  const clear = useCallback(() => {
    setDraft({ place, text: '' });
    touched.current = true;
    unsaved.current = '';
    save();
  }, [place, save]);

  return { text: draft.place === place ? draft.text : '', setText, clear };
}
