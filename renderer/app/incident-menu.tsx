import type { ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { Kbd } from '../components/kbd.tsx';
import { useCommandList } from '../lib/commands.ts';
import { cx } from '../lib/cx.ts';
import styles from './incident-menu.module.css';

/** What can be done to the incident as a whole: the commands of that group, the same as in the palette. */
export function IncidentMenu(): ReactNode {
  const commands = useCommandList().filter((command) => command.group === 'Incident');
  return (
    <MenuTrigger>
      <Button aria-label="Incident: what can be done">
        Incident <span aria-hidden="true">▾</span>
      </Button>
      <Popover className={cx(styles['popover'])} placement="bottom end" offset={4}>
        <Menu
          className={cx(styles['menu'])}
          onAction={(id) => {
            commands.find((command) => command.id === id)?.run();
          }}
        >
          {commands.map((command) => (
            <MenuItem
              key={command.id}
              id={command.id}
              textValue={command.title}
              className={cx(styles['item'])}
            >
              <span className={styles['label']}>{command.title}</span>
              {command.keys?.[0] !== undefined && <Kbd keys={command.keys[0]} />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
