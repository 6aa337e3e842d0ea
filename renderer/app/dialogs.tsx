import { useEffect, type ReactNode } from 'react';
import { ScoreDialog } from '../features/drills/score-dialog.tsx';
import { ExportDialog } from '../features/exports/export-dialog.tsx';
import { VerifyDialog } from '../features/exports/verify-dialog.tsx';
import { CloseDialog } from '../features/incidents/close-dialog.tsx';
import { EditDialog } from '../features/incidents/edit-dialog.tsx';
import { NoteDialog } from '../features/incidents/note-dialog.tsx';
import { SwitchDialog } from '../features/incidents/switch-dialog.tsx';
import { KeysSheet } from '../features/palette/keys-sheet.tsx';
import { Palette } from '../features/palette/palette.tsx';
import { useIncident } from '../lib/incident-store.ts';
import { closeDialog, useDialog, type DialogName } from './dialog-store.ts';

/** The shell's dialogs. Each is made when it opens, so that nothing of the last time is left in it. */
export function Dialogs(): ReactNode {
  const open = useDialog((store) => store.open);
  const view = useIncident((store) => store.view);
  useFocusAfter(open);
  if (open === 'palette') return <Palette onClose={closeDialog} />;
  if (open === 'keys') return <KeysSheet onClose={closeDialog} />;
  if (open === null || view === null) return null;
  switch (open) {
    case 'note':
      return <NoteDialog view={view} onClose={closeDialog} />;
    case 'edit':
      return <EditDialog view={view} onClose={closeDialog} />;
    case 'playbook':
      return <SwitchDialog view={view} onClose={closeDialog} />;
    case 'export':
      return <ExportDialog view={view} onClose={closeDialog} />;
    case 'verify':
      return <VerifyDialog view={view} onClose={closeDialog} />;
    case 'score':
      return <ScoreDialog view={view} onClose={closeDialog} />;
    case 'close':
    case 'reopen':
      return <CloseDialog view={view} onClose={closeDialog} />;
  }
}

const RESTORED_AFTER_MS = 100;

/**
 * A dialog gives the focus back to where it was. When that place is gone, such as the palette it was chosen from,
 * the heading of the view takes it, so that nobody is thrown back to the top of the window.
 */
function useFocusAfter(open: DialogName | null): void {
  useEffect(() => {
    if (open !== null) return;
    const timer = setTimeout(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('main h1')?.focus();
    }, RESTORED_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [open]);
}
