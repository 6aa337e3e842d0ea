import { create } from 'zustand';

/** Whether playbooks are shown as a graph or as an outline; the same in every view, as long as the window is open. */
export const useMapShape = create<{
  readonly shape: 'graph' | 'outline';
  readonly setShape: (shape: 'graph' | 'outline') => void;
}>()((set) => ({
  shape: 'graph',
  setShape: (shape) => {
    set({ shape });
  },
}));
