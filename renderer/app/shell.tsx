import { useEffect, useRef, type ReactNode } from 'react';
import { DueBar } from '../features/escalation/due-bar.tsx';
import { EvidenceDrop } from '../features/evidence/evidence-drop.tsx';
import { StatementIntake } from '../features/statements/statement-intake.tsx';
import { DrillStrip } from '../features/drills/drill-strip.tsx';
import type { IncidentView } from '../../preload/contract/views.ts';
import { Callout } from '../components/callout.tsx';
import { useIncident } from '../lib/incident-store.ts';
import { hrefOf, useRoute, type Route } from '../lib/navigation.ts';
import { useSettings } from '../lib/settings-store.ts';
import { openDialog } from './dialog-store.ts';
import { Dialogs } from './dialogs.tsx';
import { ErrorBoundary } from './error-boundary.tsx';
import { Header } from './header.tsx';
import { NavigationRail } from './navigation-rail.tsx';
import { openMostUrgent } from './most-urgent.ts';
import { RoutedView } from './routed-view.tsx';
import styles from './shell.module.css';
import { useShellCommands } from './shell-commands.ts';

/** Header, navigation, the view, and what is due; a drill's frame around it all. */
export function Shell(): ReactNode {
  const route = useRoute();
  const { view, fault, setFault } = useIncident();
  const settingsFault = useSettings((store) => store.fault);
  const main = useRef<HTMLElement>(null);
  useShellCommands(route);
  useOpenIncident(route);
  useWindowTitle(route.view === 'declare' ? null : view);
  useHeadingFocus(main, placeOf(route), view === null);

  // A live incident is declared outside of any drill, so nothing there may look like one.
  const drill = route.view === 'declare' ? null : (view?.drill ?? null);
  return (
    <div className={styles['frame']} data-drill={drill !== null}>
      <div className={styles['shell']}>
        <Header declaring={route.view === 'declare'} />
        <NavigationRail route={route} />
        <main ref={main} className={styles['main']} tabIndex={-1}>
          {drill !== null && (
            <DrillStrip
              drill={drill}
              isScored={view?.state.score !== null}
              onScore={() => {
                openDialog('score');
              }}
            />
          )}
          {(fault ?? settingsFault) !== null && (
            <div className={styles['faults']}>
              <Callout
                kind="fault"
                onDismiss={() => {
                  setFault(null);
                  useSettings.setState({ fault: null });
                }}
              >
                {fault ?? settingsFault}
              </Callout>
            </div>
          )}
          <div className={styles['view']}>
            <ErrorBoundary place={hrefOf(route)}>
              <RoutedView route={route} />
            </ErrorBoundary>
          </div>
        </main>
        <footer className={styles['due']}>
          <DueBar />
        </footer>
      </div>
      <EvidenceDrop />
      <StatementIntake />
      <Dialogs />
    </div>
  );
}

/** The name of the window, as task bars show it; a drill is one there too. */
function useWindowTitle(view: IncidentView | null): void {
  const title =
    view === null
      ? 'Demarc'
      : `${view.drill === null ? '' : 'DRILL '}${view.reference} ${view.state.scope.title} · Demarc`;
  useEffect(() => {
    document.title = title;
  }, [title]);
}

function placeOf(route: Route): string {
  if (route.view === 'playbook') return `playbook/${route.id}`;
  return route.view === 'incident' ? `${route.id}/${route.tab}` : route.view;
}

/** Opens the incident that the address names; at the start without one, the live one that needs somebody most. */
function useOpenIncident(route: Route): void {
  const id = route.view === 'incident' ? route.id : null;
  useEffect(() => {
    if (id !== null) void useIncident.getState().open(id);
    else if (useIncident.getState().id === null) void openMostUrgent();
  }, [id]);
}

/** A new view puts the focus on its heading, unless the view has put it somewhere inside itself. */
function useHeadingFocus(main: React.RefObject<HTMLElement | null>, place: string, loading: boolean): void {
  const start = useRef<string | null>(place);
  useEffect(() => {
    // At the start the focus stays where the browser puts it, so that Tab begins at the top.
    if (place === start.current) return;
    start.current = null;
    const element = main.current;
    if (element === null || element.querySelector(':focus') !== null) return;
    const heading = element.querySelector<HTMLElement>('h1');
    heading?.setAttribute('tabindex', '-1');
    (heading ?? element).focus();
  }, [main, place, loading]);
}
