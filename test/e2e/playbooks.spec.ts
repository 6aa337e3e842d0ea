import { expect, test, type Page } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { violations } from './axe.ts';
import { command, goTo, tabTo, typeInto } from './keyboard.ts';
import { picture } from './pictures.ts';
import { DECLARATION } from './provider-story.ts';
import { Responder } from './responder.ts';

/** Presses the button or link of that name by the keyboard. */
async function press(window: Page, name: string | RegExp): Promise<void> {
  await tabTo(window, name);
  await window.keyboard.press('Enter');
}

for (const scheme of ['dark', 'light'] as const) {
  test(`a team copies a playbook, breaks and mends it, saves it and follows it on its map, ${scheme}`, async () => {
    const { window, close } = await launchApp();
    const refused: string[] = [];
    window.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    const look = async (name: string): Promise<void> => {
      await picture(window, `${scheme}-${name.toLowerCase().replaceAll(' ', '-')}`);
      const faults = await violations(window);
      if (faults.length > 0) found[name] = faults;
    };
    const responder = new Responder(window);
    await responder.ready();

    await goTo(window, 'b', 'Playbooks');
    await expect(window.getByRole('link', { name: 'Access denied' })).toBeVisible();
    await look('Playbooks');
    await press(window, 'General');
    const graph = window.getByRole('group', { name: /^The playbook General/ });
    await expect(graph.getByLabel(/^What the errors say, both sides/)).toBeVisible();
    await look('Playbook map');
    await tabTo(window, /^Our recent changes, our side/);
    await window.keyboard.press('Enter');
    await expect(window.getByRole('complementary', { name: 'Our recent changes' })).toContainText(
      'Opens: Change touches the failure',
    );
    await look('Playbook check');
    await window.getByText('Outline', { exact: true }).click();
    await expect(window.getByRole('button', { name: /Change touches the failure/ })).toContainText(
      'asked only if Our recent changes: anything but “Nothing changed”',
    );
    await look('Playbook outline');
    await window.getByText('Graph', { exact: true }).click();
    await press(window, 'About');
    await expect(window.getByRole('heading', { name: 'Before any check' })).toBeVisible();
    await look('Playbook about');

    await command(window, 'Copy this playbook as your own');
    await expect(window.getByRole('heading', { level: 1, name: 'General, our own' })).toBeVisible();
    await expect(window.getByText('Nothing wrong: it can be saved')).toBeVisible();
    await look('Editor');
    await press(window, 'Checks');
    await typeInto(window, 'Title', ' ');
    await expect(window.getByText('1 fault: kept as a draft, not used')).toBeVisible();
    await expect(window.getByRole('button', { name: /^Save a version/ })).toBeDisabled();
    await look('Editor with a fault');
    await tabTo(window, 'Id');
    await window.keyboard.press('ControlOrMeta+j');
    await expect(window.getByRole('textbox', { name: 'Title' })).toBeFocused();
    await window.keyboard.press('ControlOrMeta+a');
    await window.keyboard.type('What our errors say');
    await expect(window.getByText('Nothing wrong: it can be saved')).toBeVisible();
    await window.keyboard.press('ControlOrMeta+s');
    await expect(window.getByText('in use', { exact: false }).first()).toBeVisible();
    await command(window, 'Playbooks');
    await press(window, 'General, our own');
    await press(window, 'Versions');
    await expect(window.getByText('First version.')).toBeVisible();
    await look('Versions');

    await command(window, 'Declare an incident');
    await responder.declare({ ...DECLARATION, playbook: 'General, our own' });
    await expect(window.getByText('Check 1: What our errors say')).toBeVisible();
    await window.keyboard.press('5');
    await window.keyboard.press('Enter');
    await expect(window.locator('#question')).not.toContainText('What do the errors look like');
    await window.keyboard.press('0');
    await expect(window.getByRole('navigation', { name: 'Checks put so far' })).toContainText(
      '2 checks, 1 hole',
    );
    await window.keyboard.press('m');
    await expect(window.getByRole('heading', { level: 1, name: 'Map' })).toBeAttached();
    const path = window.getByRole('group', { name: /^The playbook General, our own/ });
    await expect(
      path.getByLabel(/^Put as number 1: What our errors say, both sides, answered/),
    ).toBeVisible();
    await expect(path.getByLabel(/^Put as number 2: .* could not check/)).toBeVisible();
    await expect(path.getByLabel(/, next,/)).toBeVisible();
    await look('Map of an incident');
    await command(window, 'Verdict');
    await expect(window.getByRole('heading', { name: 'How the probabilities moved' })).toBeVisible();
    await expect(window.getByRole('cell', { name: /^What our errors say/ })).toBeVisible();
    await look('Verdict with its history');

    expect(found).toEqual({});
    expect(refused).toEqual([]);
    await close();
  });
}
