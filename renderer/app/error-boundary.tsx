import { Component, type ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { navigate } from '../lib/navigation.ts';

interface Properties {
  /** Another place clears the fault. */
  readonly place: string;
  readonly children: ReactNode;
}

interface Broken {
  readonly error: Error | null;
  readonly place: string;
}

/** Keeps a fault in one view from taking the window with it; what is due stays in sight below. */
export class ErrorBoundary extends Component<Properties, Broken> {
  override state: Broken = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Pick<Broken, 'error'> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  static getDerivedStateFromProps(props: Properties, state: Broken): Broken | null {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return (
      <Fault
        error={error}
        onRetry={() => {
          this.setState({ error: null });
        }}
      />
    );
  }
}

function Fault({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }): ReactNode {
  return (
    <div style={{ padding: 'var(--space-6)' }}>
      <h1 tabIndex={-1}>This view stopped working</h1>
      <EmptyState
        title={error.message}
        action={
          <>
            <Button variant="primary" onPress={onRetry}>
              Show it again
            </Button>
            <Button
              onPress={() => {
                navigate({ view: 'incidents' });
              }}
            >
              Go to the incidents
            </Button>
            <CopyButton what="the fault" text={error.stack ?? error.message} />
          </>
        }
      >
        Everything that was recorded is in the trail. The other views work.
      </EmptyState>
    </div>
  );
}
