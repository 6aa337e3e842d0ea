import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generatedEvents, type GeneratedTrail, writeTrail } from '../support/cloudtrail.ts';
import { launchApp } from '../support/electron-app.ts';
import { customerStory } from './customer-story.ts';
import { dropOnWindow } from './drop.ts';
import { goTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

test('our logs are searched, narrowed to a minute and attached from, with the keyboard alone', async () => {
  const trail = mkdtempSync(path.join(os.tmpdir(), 'demarc-trail-'));
  const events = { seed: 5, events: 20_000, from: Date.UTC(2026, 2, 4, 8, 30), minutes: 90 };
  await writeTrail(trail, { ...events, files: 4, gzip: true });
  const app = await launchApp();
  const { window } = app;
  const responder = new Responder(window);
  await responder.ready();
  await responder.declare({ ...customerStory().declaration, onset: '2026-03-04 09:30Z' });
  await dropOnWindow(window, [trail]);
  await goTo(window, 'o', 'Logs');
  await expect(window.getByText('20,000 records of our own logs')).toBeVisible({ timeout: 60_000 });

  const bars = window.getByRole('listbox', { name: /Records by minute/ });
  const list = window.getByRole('grid', { name: 'Records, newest first' });
  await expect(bars.getByRole('option')).toHaveCount(90);
  for (const scheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(window, `${scheme}-logs`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }

  await window.keyboard.press('/');
  await window.keyboard.type('name:AttachRole principal:person-3');
  await window.keyboard.press('Enter');
  await expect(list.getByRole('row').first()).toContainText('AttachRolePolicy');
  for (const row of await list.getByRole('row').allTextContents()) expect(row).toContain('person-3');
  const hits = attachedBy('person-3', events);
  await expect(
    window.getByText(`${hits.length} of 20,000 records of our own logs, newest first.`),
  ).toBeVisible();
  await expect(window.getByText(`${hits.length} records found`)).toBeAttached();
  const found = window.getByRole('listbox', { name: /Records by minute that hold all of this/ });
  await expect(found).toHaveAttribute('aria-busy', 'false');
  for (const bar of await found.getByRole('option').all()) {
    const words = (await bar.getAttribute('aria-label')) ?? '';
    const ofMinute = hits.filter((at) => at.startsWith(words.slice(0, 16).replace(' ', 'T')));
    expect(words).toContain(`: ${ofMinute.length} record`);
  }
  for (const scheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(window, `${scheme}-logs-found`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }

  await bars.focus();
  await window.keyboard.press('Home');
  await window.keyboard.press('Shift+ArrowRight');
  await window.keyboard.press('Shift+ArrowRight');
  await window.keyboard.press('Enter');
  const early = hits.filter((at) => at < '2026-03-04T08:33').length;
  await expect(
    window.getByText(
      `${early} of 20,000 records of our own logs, newest first. Shown: 2026-03-04 08:30:00Z to 2026-03-04 08:32:59Z.`,
    ),
  ).toBeVisible();
  await bars.focus();
  await window.keyboard.press('Escape');
  await expect(window.getByText('Shown:')).toBeHidden();

  await list.focus();
  await window.keyboard.press('ArrowDown');
  const detail = window.getByRole('complementary', { name: 'Record' });
  await expect(detail).toContainText('iam.amazonaws.com');
  await window.keyboard.press('a');
  await expect(detail).toContainText('attached as evidence');
  await picture(window, 'logs-attached');
  await app.close();
  rmSync(trail, { recursive: true });
});

test('what comes in while somebody reads does not take their place away, and a search without a hit moves nothing', async () => {
  const trails = [0, 1].map(() => mkdtempSync(path.join(os.tmpdir(), 'demarc-trail-')));
  for (const [index, folder] of trails.entries()) {
    const from = Date.UTC(2026, 2, 4, 8, 30 + 60 * index);
    await writeTrail(folder, { seed: 5 + index, events: 2000, from, minutes: 60, files: 3, gzip: true });
  }
  const [earlier = '', later = ''] = trails;
  const app = await launchApp();
  const { window } = app;
  const responder = new Responder(window);
  await responder.ready();
  await responder.declare({ ...customerStory().declaration, onset: '2026-03-04 09:30Z' });
  await dropOnWindow(window, [earlier]);
  await goTo(window, 'o', 'Logs');
  await expect(window.getByText('2,000 records of our own logs')).toBeVisible({ timeout: 60_000 });
  await window.keyboard.press('/');
  await window.keyboard.type('source:iam');
  await window.keyboard.press('Enter');
  const list = window.getByRole('grid', { name: 'Records, newest first' });
  const detail = window.getByRole('complementary', { name: 'Record' });
  await expect(window.getByText(/of 2,000 records of our own logs, newest first/)).toBeVisible();
  await list.focus();
  for (let press = 0; press < 30; press += 1) await window.keyboard.press('ArrowDown');
  const read = await detail.innerText();
  const place = await list.evaluate((element) => element.scrollTop);
  expect(place).toBeGreaterThan(0);

  await dropOnWindow(window, [later]);
  await expect(window.getByText(/of 4,000 records of our own logs, newest first/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(window.getByText('More files came in; the list is as it was.')).toBeVisible();
  expect(await detail.innerText()).toBe(read);
  expect(await list.evaluate((element) => element.scrollTop)).toBe(place);
  await expect(window.getByRole('textbox', { name: /^Search/ })).toHaveValue('source:iam');
  for (const scheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await picture(window, `${scheme}-logs-behind`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  }

  await window.keyboard.press('j');
  await expect(window.getByText('More files came in; the list is as it was.')).toBeHidden();
  await expect(list.getByRole('row').first()).toContainText(/10:2\d:\d\dZ/);
  expect(await detail.innerText()).toBe(read);

  const left = async (): Promise<number> => (await detail.boundingBox())?.x ?? -1;
  const before = await left();
  await window.keyboard.press('/');
  await window.keyboard.type(' nothing-holds-this');
  await window.keyboard.press('Enter');
  await expect(window.getByText('No record holds all of this')).toBeVisible();
  await picture(window, 'logs-no-hit');
  expect(await left()).toBe(before);
  await app.close();
  for (const folder of trails) rmSync(folder, { recursive: true });
});

/** When somebody attached a policy to a role, by a plain look at every event. */
function attachedBy(person: string, events: GeneratedTrail): string[] {
  return [...generatedEvents(events)]
    .map(
      (text) => JSON.parse(text) as { eventName: string; eventTime: string; userIdentity: { arn: string } },
    )
    .filter(
      ({ eventName, userIdentity }) => eventName.includes('AttachRole') && userIdentity.arn.includes(person),
    )
    .map(({ eventTime }) => eventTime);
}
