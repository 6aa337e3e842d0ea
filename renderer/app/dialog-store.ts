import { create } from 'zustand';

export type DialogName =
  'palette' | 'keys' | 'note' | 'edit' | 'playbook' | 'export' | 'verify' | 'score' | 'close' | 'reopen';

/** Which of the shell's dialogs is open: never more than one. */
export const useDialog = create<{ readonly open: DialogName | null }>()(() => ({ open: null }));

export function openDialog(open: DialogName): void {
  useDialog.setState({ open });
}

export function closeDialog(): void {
  useDialog.setState({ open: null });
}
