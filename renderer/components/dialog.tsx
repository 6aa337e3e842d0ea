import { useContext, useEffect, useRef, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { CommandLayer, useCommandLayer } from '../lib/commands.ts';
import { cx } from '../lib/cx.ts';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
  /** Buttons at the bottom, the main one last. Left out: one that closes. Null: none, the content brings its own. */
  readonly footer?: ReactNode;
  readonly width?: 'narrow' | 'wide';
  /** An `alertdialog` is closed by an answer or Esc only, never by a click beside it. */
  readonly role?: 'dialog' | 'alertdialog';
}

/** A modal dialog: focus stays inside, Esc closes it, and focus goes back to where it was. */
export function Dialog({
  title,
  isOpen,
  onOpenChange,
  children,
  footer,
  width = 'narrow',
  role = 'dialog',
}: DialogProps): ReactNode {
  return (
    <ModalOverlay
      className={cx(styles['overlay'])}
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      isDismissable={role === 'dialog'}
    >
      <Modal className={cx(styles['modal'], styles[width])}>
        <Layer>
          <Content role={role}>
            <Heading slot="title" className={cx(styles['title'])}>
              {title}
            </Heading>
            <div className={styles['body']}>{children}</div>
            {footer !== null && (
              <div className={styles['footer']}>
                {footer ?? (
                  <Button
                    onPress={() => {
                      onOpenChange(false);
                    }}
                  >
                    Close
                  </Button>
                )}
              </div>
            )}
          </Content>
        </Layer>
      </Modal>
    </ModalOverlay>
  );
}

/** Puts the commands of what is inside above those of the view below. For overlays that are not a `Dialog`. */
export function Layer({ children }: { readonly children: ReactNode }): ReactNode {
  const layer = useContext(CommandLayer) + 1;
  useCommandLayer(layer);
  return <CommandLayer value={layer}>{children}</CommandLayer>;
}

/** Takes the focus back when what had it went away: without it in here, Esc would not be heard. */
function Content({
  role,
  children,
}: {
  readonly role: 'dialog' | 'alertdialog';
  readonly children: ReactNode;
}): ReactNode {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) element.current?.focus();
  });
  return (
    <AriaDialog ref={element} className={cx(styles['dialog'])} role={role}>
      {children}
    </AriaDialog>
  );
}
