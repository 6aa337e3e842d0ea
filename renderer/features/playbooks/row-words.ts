import type { PlaybookRow } from '../../../preload/contract/views.ts';

/** Where a playbook of the team's own stands, as a shape and a word. */
export const STATE_WORDS: Readonly<
  Record<PlaybookRow['state'], { readonly shape: string; readonly word: string }>
> = {
  in_use: { shape: '●', word: 'in use' },
  withdrawn: { shape: '○', word: 'withdrawn: not offered' },
  unusable: { shape: '■', word: 'has faults: not offered' },
  never_saved: { shape: '▲', word: 'draft: not offered' },
};
