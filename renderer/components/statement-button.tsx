import type { ReactNode } from 'react';
import { openStatementDialog, STATEMENT_KEYS } from '../lib/statement-store.ts';
import { Button } from './button.tsx';

/** Opens the dialog that takes a provider's statement from a file or the clipboard. */
export function StatementButton(): ReactNode {
  return (
    <Button
      variant="quiet"
      keys={STATEMENT_KEYS}
      onPress={() => {
        openStatementDialog();
      }}
    >
      Read from a file or paste
    </Button>
  );
}
