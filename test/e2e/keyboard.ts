import { expect, type Page } from '@playwright/test';

/** More than the controls of any view: beyond that, a control cannot be reached. */
const MOST_TABS = 80;

/** The accessible name of what has the focus, as far as a keyboard user needs it. */
function focusedName(window: Page): Promise<string> {
  return window.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return '';
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' ');
    const labels = 'labels' in element ? (element.labels as NodeListOf<HTMLLabelElement> | null) : null;
    return (
      element.getAttribute('aria-label') ??
      (labelled.trim() === '' ? null : labelled) ??
      labels?.[0]?.textContent ??
      element.textContent
    ).trim();
  });
}

/** Presses Tab until a control of that name has the focus. Fails when none is in the tab order. */
export async function tabTo(window: Page, name: string | RegExp): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    const focused = await focusedName(window);
    if (typeof name === 'string' ? focused.startsWith(name) : name.test(focused)) return;
    seen.push(focused);
    await window.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(name)}; it went over: ${[...new Set(seen)].join(' | ')}`);
}

/** Goes to a text field by Tab, replaces what is in it, and types. */
export async function typeInto(window: Page, name: string, text: string): Promise<void> {
  await tabTo(window, name);
  await window.keyboard.press('ControlOrMeta+a');
  await window.keyboard.type(text);
}

/** Goes to a field of several names and gives each followed by Enter. */
export async function typeTokens(window: Page, name: string, tokens: readonly string[]): Promise<void> {
  await tabTo(window, name);
  for (const token of tokens) {
    await window.keyboard.type(token);
    await window.keyboard.press(',');
  }
}

/** Goes to a group of radio buttons and moves along it with the arrow keys until `label` is chosen. */
export async function choose(window: Page, group: string, label: string): Promise<void> {
  const radios = window.getByRole('radiogroup', { name: group }).getByRole('radio');
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    const inside = await radios.evaluateAll((all) => all.some((one) => one === document.activeElement));
    if (inside) break;
    await window.keyboard.press('Tab');
  }
  const count = await radios.count();
  for (let presses = 0; presses < count; presses += 1) {
    const name = await radios.evaluateAll(
      (all) =>
        all.find((one) => one instanceof HTMLInputElement && one.checked)?.closest('label')?.textContent,
    );
    if (name?.trim() === label) return;
    await window.keyboard.press('ArrowRight');
  }
  throw new Error(`${group} has no choice ${label}.`);
}

/** Runs a command from the palette by its name. */
export async function command(window: Page, title: string): Promise<void> {
  await window.keyboard.press('ControlOrMeta+k');
  const palette = window.getByRole('dialog');
  await expect(palette).toBeVisible();
  await window.keyboard.type(title);
  await expect(palette.getByRole('menuitem').or(palette.getByRole('option')).first()).toContainText(title);
  await window.keyboard.press('Enter');
}

/** `G`, then a letter: goes to a view. */
export async function goTo(window: Page, letter: string, heading: string): Promise<void> {
  await window.keyboard.press('g');
  await window.keyboard.press(letter);
  await expect(window.getByRole('heading', { level: 1, name: heading })).toBeAttached();
}
