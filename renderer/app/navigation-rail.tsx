import type { ReactNode } from 'react';
import { Kbd } from '../components/kbd.tsx';
import { useIncident } from '../lib/incident-store.ts';
import { hrefOf, type Route } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings-store.ts';
import styles from './navigation-rail.module.css';
import { PLAIN_PLACES, TAB_PLACES } from './places.ts';

/** The way to every view: the open incident's first, then the rest. */
export function NavigationRail({ route }: { readonly route: Route }): ReactNode {
  const { id, view } = useIncident();
  return (
    <nav className={styles['rail']} aria-label="Views">
      {id !== null && (
        <>
          <h2 className={styles['heading']}>{view?.reference ?? 'Incident'}</h2>
          <ul className={styles['list']}>
            {TAB_PLACES.map(({ tab, title, letter }) => (
              <Place
                key={tab}
                title={title}
                letter={letter}
                href={hrefOf({ view: 'incident', id, tab })}
                current={route.view === 'incident' && route.id === id && route.tab === tab}
              />
            ))}
          </ul>
        </>
      )}
      {id !== null && <h2 className={styles['heading']}>Everywhere</h2>}
      <ul className={styles['list']}>
        {PLAIN_PLACES.map((place) => (
          <Place
            key={place.view}
            title={place.title}
            letter={place.letter}
            href={hrefOf({ view: place.view })}
            current={route.view === place.view || (route.view === 'playbook' && place.view === 'playbooks')}
          />
        ))}
      </ul>
    </nav>
  );
}

interface PlaceProps {
  readonly title: string;
  readonly letter: string;
  readonly href: string;
  readonly current: boolean;
}

function Place({ title, letter, href, current }: PlaceProps): ReactNode {
  const singleKeys = useSettings((store) => store.settings.singleKeys);
  return (
    <li>
      <a className={styles['place']} href={href} aria-current={current ? 'page' : undefined}>
        {title}
        {singleKeys && <Kbd keys={`g ${letter}`} />}
      </a>
    </li>
  );
}
