import type { ReactNode } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  TextField,
  useFilter,
} from 'react-aria-components';
import { Layer } from '../../components/dialog.tsx';
import { Kbd } from '../../components/kbd.tsx';
import { useCommandList, type CommandGroup } from '../../lib/commands.ts';
import { cx } from '../../lib/cx.ts';
import styles from './palette.module.css';

const GROUPS: readonly CommandGroup[] = ['Answer', 'Go to', 'Incident', 'Window'];

/** Every command by name: type a few letters, Enter runs it, Esc goes back to exactly where one was. */
export function Palette({ onClose }: { readonly onClose: () => void }): ReactNode {
  const commands = useCommandList().filter((command) => command.id !== 'window.palette');
  const { contains } = useFilter({ sensitivity: 'base' });
  const run = (id: string): void => {
    onClose();
    // After the palette has given the focus back, so that what the command focuses keeps it.
    setTimeout(() => commands.find((command) => command.id === id)?.run());
  };
  return (
    <ModalOverlay isOpen isDismissable onOpenChange={onClose} className={cx(styles['overlay'])}>
      <Modal className={cx(styles['modal'])}>
        <Layer>
          <Dialog aria-label="All commands" className={cx(styles['dialog'])}>
            <Autocomplete filter={contains}>
              <TextField autoFocus aria-label="Command" className={cx(styles['search'])}>
                <Input
                  className={cx(styles['input'])}
                  placeholder="Type a command"
                  role="combobox"
                  aria-expanded
                />
              </TextField>
              <ListBox
                aria-label="Commands"
                className={cx(styles['menu'])}
                onAction={(id) => {
                  run(String(id));
                }}
                renderEmptyState={() => <p className={styles['none']}>No command has these letters.</p>}
              >
                {GROUPS.map((group) => {
                  const own = commands.filter((command) => command.group === group);
                  return own.length === 0 ? null : (
                    <ListBoxSection key={group} className={cx(styles['section'])}>
                      <Header className={cx(styles['header'])}>{group}</Header>
                      {own.map((command) => (
                        <ListBoxItem
                          key={command.id}
                          id={command.id}
                          textValue={command.title}
                          className={cx(styles['item'])}
                        >
                          <span className={styles['label']}>{command.title}</span>
                          {command.keys?.[0] !== undefined && <Kbd keys={command.keys[0]} />}
                        </ListBoxItem>
                      ))}
                    </ListBoxSection>
                  );
                })}
              </ListBox>
            </Autocomplete>
          </Dialog>
        </Layer>
      </Modal>
    </ModalOverlay>
  );
}
