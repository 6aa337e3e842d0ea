import { type ReactNode, useEffect, useState } from 'react';
import { copyText } from '../lib/copy-text.ts';
import { Button } from './button.tsx';

const SAID_FOR_MS = 2000;

/** Copies `text`; says so in its own label for two seconds. `what` names it for screen readers. */
export function CopyButton({ text, what }: { readonly text: string; readonly what: string }): ReactNode {
  const [said, say] = useState<'copied' | 'could not copy' | null>(null);
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => {
      say(null);
    }, SAID_FOR_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);
  const copy = async (): Promise<void> => {
    say((await copyText(text)) ? 'copied' : 'could not copy');
  };
  return (
    <Button
      variant="quiet"
      aria-label={said === null ? `Copy ${what}` : `${what}: ${said}`}
      onPress={() => void copy()}
    >
      {said === null ? 'Copy' : said === 'copied' ? 'Copied' : 'Could not copy'}
    </Button>
  );
}
