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
  const [text, show] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const unsaved = useRef<string | null>(null);

  const save = useCallback(() => {
    clearTimeout(timer.current);
    if (unsaved.current === null) return;
    const saving = unsaved.current;
    unsaved.current = null;
    void request('saveDraft', { incidentId, key, text: saving });
  }, [incidentId, key]);

  useEffect(() => {
    let current = true;
    show('');
    void request('listDrafts', { incidentId }).then((reply) => {
      if (!current || !reply.ok || unsaved.current !== null) return;
      show(reply.value.find((draft) => draft.key === key)?.text ?? '');
    });
    return () => {
      current = false;
      save();
    };
  }, [incidentId, key, save]);

  const setText = useCallback(
    (next: string) => {
      show(next);
      unsaved.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(save, SAVE_AFTER_MS);
    },
    [save],
  );

  const clear = useCallback(() => {
    show('');
    unsaved.current = '';
    save();
  }, [save]);

  return { text, setText, clear };
}
