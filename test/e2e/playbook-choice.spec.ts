import { expect, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { violations } from './axe.ts';
import { command, goTo, tabTo, typeInto } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

for (const scheme of ['dark', 'light'] as const) {
  test(`the right playbook is proposed, followed, and changed without losing an answer, ${scheme}`, async () => {
    const { window, close } = await launchApp();
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const responder = new Responder(window);
    await responder.ready();
    await goTo(window, 'n', 'Declare an incident');
    await typeInto(window, 'Title', 'Checkout: queries to Aurora time out');
    await expect(window.getByText('Proposed because of “aurora”, “queries”.')).toBeVisible();
    await picture(window, `${scheme}-playbook-proposed`);
    expect(await violations(window)).toEqual([]);

    await typeInto(window, 'Title', 'Checkout errors');
    await expect(window.getByText('the general one fits any incident')).toBeVisible();
    await typeInto(window, 'Onset', '30m');
    await tabTo(window, /Playbook/);
    await window.keyboard.press('Enter');
    await window.keyboard.type('quota');
    await window.keyboard.press('Enter');
    await expect(window.getByText('Chosen by hand.')).toBeVisible();
    await window.keyboard.press('ControlOrMeta+Enter');
    await expect(window.getByRole('heading', { level: 1, name: 'Triage' })).toBeAttached();

    const strip = window.getByRole('navigation', { name: 'Checks put so far' });
    while ((await responder.currentCheck())?.id !== 'error_signature') await responder.answer({});
    await responder.answer({ error_signature: ['authorization_denied'] });
    const before = await strip.getByRole('listitem').allTextContents();
    await expect(window.getByText(/“Access denied” asks more about it/)).toBeVisible();
    await picture(window, `${scheme}-playbook-switch-proposed`);
    expect(await violations(window)).toEqual([]);

    await window.keyboard.press('p');
    await expect(window.getByText(/“Access denied” asks more about it/)).toBeHidden();
    expect(await strip.getByRole('listitem').allTextContents()).toEqual(before);

    await command(window, 'Switch the playbook');
    await expect(window.getByRole('dialog')).toContainText('Now followed: Access denied');
    await picture(window, `${scheme}-playbook-switch`);
    expect(await violations(window)).toEqual([]);
    await window.keyboard.type('It was no denial after all.');
    await window.keyboard.press('Enter');
    await expect(window.getByRole('dialog')).toBeHidden();

    await goTo(window, 'l', 'Timeline');
    await expect(window.getByText(/switched the playbook to Access denied/)).toBeVisible();
    await expect(window.getByText(/switched the playbook to General/)).toBeVisible();
    await picture(window, `${scheme}-playbook-timeline`);
    await close();
  });
}
