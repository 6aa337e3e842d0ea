import { useEffect, useState, type ReactNode } from 'react';
import type { AppInfo } from '../../../preload/contract/views.ts';
import { Checkbox } from '../../components/checkbox-group.tsx';
import { Choice } from '../../components/choice.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { View } from '../../components/view.tsx';
import { useSettings } from '../../lib/settings-store.ts';
import { Mappings } from './mappings.tsx';
import styles from './settings-view.module.css';

/** The responder's settings. Each is saved as it is changed. */
export function SettingsView({ info }: { readonly info: AppInfo | null }): ReactNode {
  const { settings, loaded, change } = useSettings();
  return (
    <View title="Settings" lead="Saved as they are changed.">
      <div className={styles['settings']}>
        {loaded && <ResponderField />}
        <Choice
          label="Colours"
          items={[
            { id: 'system', label: 'As the system' },
            { id: 'dark', label: 'Dark' },
            { id: 'light', label: 'Light' },
          ]}
          value={settings.theme}
          onChange={(theme) => void change({ theme })}
        />
        <Choice
          label="Times: both clocks are always shown, this one first"
          items={[
            { id: 'utc', label: 'UTC' },
            { id: 'local', label: 'Local' },
          ]}
          value={settings.clock}
          onChange={(clock) => void change({ clock })}
        />
        <Checkbox isSelected={settings.singleKeys} onChange={(singleKeys) => void change({ singleKeys })}>
          Single keys answer and navigate. Turn this off when dictating.
        </Checkbox>
        <Mappings />
        {info !== null && <About info={info} />}
      </div>
    </View>
  );
}

const SAVE_AFTER_MS = 500;

/** Typed freely, saved when the typing pauses. */
function ResponderField(): ReactNode {
  const { settings, change } = useSettings();
  const [name, setName] = useState(settings.responder);
  useEffect(() => {
    if (name.trim() === useSettings.getState().settings.responder) return;
    const timer = setTimeout(() => void change({ responder: name.trim() }), SAVE_AFTER_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [name, change]);
  return (
    <TextField
      label="Your name, as it stands beside what you record"
      value={name}
      maxLength={200}
      onChange={setName}
    />
  );
}

function About({ info }: { readonly info: AppInfo }): ReactNode {
  const lines = [
    { what: 'Version', text: info.version },
    { what: 'Runtime', text: info.runtime },
    { what: 'Data folder', text: info.dataFolder },
    { what: 'Exports', text: info.exportFolder },
  ];
  return (
    <section aria-label="About Demarc">
      <h2 className={styles['heading']}>Demarc</h2>
      <dl className={styles['about']}>
        {lines.map(({ what, text }) => (
          <div key={what} className={styles['line']}>
            <dt>{what}</dt>
            <dd>
              <code>{text}</code>
              <CopyButton text={text} what={what.toLowerCase()} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
