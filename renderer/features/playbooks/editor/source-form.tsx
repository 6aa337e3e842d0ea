import type { ReactNode } from 'react';
import { TextField } from '../../../components/text-field.tsx';
import { useEditor } from './editor-store.ts';
import { faultsAt } from './sections.ts';

/** The whole document as JSON: everything can be reached here, and pasted. */
export function SourceForm(): ReactNode {
  const text = useEditor((store) => store.text);
  const faults = useEditor((store) => store.examination?.faults) ?? [];
  const setText = useEditor((store) => store.setText);
  return (
    <div data-path="$">
      <TextField
        label="The document"
        mono
        lines={22}
        value={text}
        spellCheck="false"
        fault={faultsAt(faults, '$')[0]?.message ?? null}
        onChange={setText}
      />
    </div>
  );
}
