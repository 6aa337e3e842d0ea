/** True when no Control, Alt or Command is needed: such a key would be in the way of somebody who types or dictates. */
export function isSingleKey(keys: string): boolean {
  return !/(^|[+ ])(\$mod|Control|Alt|Meta)\+/.test(keys);
}

/**
 * The bindings that stand for one key: punctuation and digits need Shift on some keyboards and not on others,
 * so both are taken.
 */
export function bindingsOf(keys: string): readonly string[] {
  return /^[^a-zA-Z\s]$/.test(keys) ? [keys, `Shift+${keys}`] : [keys];
}

const TYPING =
  'textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"], [role="combobox"], ' +
  '[role="searchbox"], [role="listbox"], [role="menu"], [aria-haspopup="listbox"]';
const NOT_TYPED_INTO = ['checkbox', 'radio', 'button', 'submit', 'reset', 'file', 'range', 'color'];

/** True for an element that takes letters and digits itself: a field, or a list that is searched by typing. */
export function typesInto(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.includes(target.type);
  return target.closest(TYPING) !== null;
}

const NAMES: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  Enter: 'Enter',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** The keys to draw for a binding: `$mod+k` is [Ctrl, K] (⌘ on a Mac), `g t` is [G, T]. */
export function keyCaps(keys: string, isMac = /Mac/.test(navigator.platform)): readonly string[] {
  return keys
    .split(' ')
    .flatMap((press) => press.split(/\b\+/))
    .map((key) => {
      if (key === '$mod') return isMac ? '⌘' : 'Ctrl';
      if (/^Digit\d$/.test(key)) return key.slice(-1);
      return NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key);
    });
}
