import { create } from 'zustand';

interface StatementDialogState {
  readonly open: boolean;
  /** What was pasted to open it; empty when it was opened by a command. */
  readonly pasted: string;
}

const CLOSED: StatementDialogState = { open: false, pasted: '' };

/** Whether a provider's statement is being read from a file or the clipboard; any feature may ask for it. */
export const useStatementDialog = create<StatementDialogState>()(() => CLOSED);

export function openStatementDialog(pasted = ''): void {
  useStatementDialog.setState({ open: true, pasted });
}

export function closeStatementDialog(): void {
  useStatementDialog.setState(CLOSED);
}

/** The shortcut of the dialog, to show beside what opens it. */
export const STATEMENT_KEYS = '$mod+i';
