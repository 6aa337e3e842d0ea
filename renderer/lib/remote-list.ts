import { useEffect } from 'react';
import { create } from 'zustand';
import type { AppError, Result } from '../../main/core/result.ts';
import type { ChangedMessage } from '../../preload/contract/views.ts';
import { listen } from './api.ts';

export interface RemoteList<T> {
  /** Null until main has answered once. What was there stays in sight when a later request fails. */
  readonly items: readonly T[] | null;
  /** One sentence when the last request failed. */
  readonly fault: string | null;
  readonly load: () => Promise<void>;
}

/** A store for one of main's lists, and the hook that shows it: loaded when first seen, again when main says it changed. */
export function remoteList<T>(
  request: () => Promise<Result<readonly T[], AppError>>,
  topics: readonly ChangedMessage['topic'][],
): () => RemoteList<T> {
  const useStore = create<RemoteList<T>>()((set) => ({
    items: null,
    fault: null,
    load: async () => {
      const reply = await request();
      set(reply.ok ? { items: reply.value, fault: null } : { fault: reply.error.message });
    },
  }));
  return function useRemoteList(): RemoteList<T> {
    useEffect(() => {
      const { load } = useStore.getState();
      void load();
      return listen('changed', (message) => {
        if (topics.includes(message.topic)) void load();
      });
    }, []);
    return useStore();
  };
}
