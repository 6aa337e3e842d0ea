import type { ReactNode } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useCommandList, type CommandGroup } from '../../lib/commands.ts';
import { useSettings } from '../../lib/settings-store.ts';
import styles from './keys-sheet.module.css';

const GROUPS: readonly CommandGroup[] = ['Answer', 'Incident', 'Go to', 'Window'];

/** Every key that does something here and now, from the one registry of commands. */
export function KeysSheet({ onClose }: { readonly onClose: () => void }): ReactNode {
  const commands = useCommandList();
  const singleKeys = useSettings((store) => store.settings.singleKeys);
  return (
    <Dialog title="Keys" isOpen width="wide" onOpenChange={onClose}>
      {!singleKeys && (
        <p className={styles['note']}>
          Single keys are turned off in the settings; those with Ctrl or ⌘ work.
        </p>
      )}
      {/* More keys than fit are scrolled with the arrow keys, which need something to focus. */}
      <div className={styles['groups']} role="group" aria-label="Keys by what they do" tabIndex={0}>
        {GROUPS.map((group) => {
          const own = commands.filter((command) => command.group === group && command.keys !== undefined);
          return own.length === 0 ? null : (
            <section key={group} className={styles['group']} aria-label={group}>
              <h3 className={styles['heading']}>{group}</h3>
              <dl className={styles['list']}>
                {own.map((command) => (
                  <div key={command.id} className={styles['line']}>
                    <dt>{command.title}</dt>
                    <dd>
                      {command.keys?.map((keys) => (
                        <span key={keys}>
                          <Kbd keys={keys} />
                          <span className={styles['spoken']}>{keys}</span>
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
