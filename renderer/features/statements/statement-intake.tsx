import { useEffect, type ReactNode } from 'react';
import { isAtRest } from '../../lib/at-rest.ts';
import { useCommands } from '../../lib/commands.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { useRoute } from '../../lib/navigation.ts';
import {
  closeStatementDialog,
  openStatementDialog,
  STATEMENT_KEYS,
  useStatementDialog,
} from '../../lib/statement-store.ts';
import { StatementDialog } from './statement-dialog.tsx';

/**
 * The way in for a provider's statement, wherever in the open incident one is: by command, by key, or by pasting JSON or XML
 * while no field has the focus. Mounted once, beside the views.
 */
export function StatementIntake(): ReactNode {
  const view = useIncident((store) => store.view);
  const route = useRoute();
  const { open, pasted } = useStatementDialog();
  const canTake = view !== null && route.view === 'incident' && !isAtRest(view.state);
  useCommands([
    {
      id: 'incident.statement',
      title: 'Read a provider’s statement from a file or paste it',
      keys: [STATEMENT_KEYS],
      group: 'Incident',
      enabled: canTake,
      run: () => {
        openStatementDialog();
      },
    },
  ]);
  usePasteAnywhere(canTake && !open);
  return open && canTake ? (
    <StatementDialog view={view} pasted={pasted} onClose={closeStatementDialog} />
  ) : null;
}

/** JSON or XML pasted outside of any field or dialog can only be meant as a document. */
function usePasteAnywhere(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const onPaste = (event: ClipboardEvent): void => {
      const { target } = event;
      const inField =
        target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;
      if (inField || document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!/^\s*(?:[[{<]|```)/.test(text)) return;
      event.preventDefault();
      openStatementDialog(text);
    };
    window.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('paste', onPaste);
    };
  }, [active]);
}
