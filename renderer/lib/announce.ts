import { create } from 'zustand';

interface Announcements {
  readonly polite: string;
  readonly assertive: string;
}

/** What the window's two live regions hold; `renderer/app` draws them once. */
export const useAnnouncements = create<Announcements>()(() => ({ polite: '', assertive: '' }));

/** Says `text` to whoever uses a screen reader: when there is a pause, or at once for what must not wait. */
export function announce(text: string, urgency: keyof Announcements = 'polite'): void {
  const again = useAnnouncements.getState()[urgency] === text;
  // The same words a second time are only heard when the text differs: a no-break space does.
  useAnnouncements.setState({ [urgency]: again ? `${text} ` : text });
}
