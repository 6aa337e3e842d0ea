import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { dropOnWindow } from './drop.ts';
import { goTo, tabTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

const FILE = path.resolve(import.meta.dirname, '../fixtures/evidence/deployments.csv');

test('a table that no source is known for is mapped once, with the keyboard alone', async () => {
  const { window, close } = await launchApp();
  const responder = new Responder(window);
  await responder.ready();
  await responder.declare({
    title: 'Checkout fails after a release',
    onset: '2026-03-04 09:30Z',
    provider: 'Amazon Web Services',
    services: [],
    regions: [],
    severity: 'SEV 1',
    lead: 'A. Ruiz',
  });
  await goTo(window, 'e', 'Evidence');
  await dropOnWindow(window, [FILE]);

  const dialog = window.getByRole('dialog', { name: 'How is deployments.csv to be read?' });
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByRole('region', { name: 'The first records' })).toContainText(
    '2026-03-04 09:24:40Z',
  );
  await picture(window, 'mapping-1-asked');
  const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);

  // Put off, it waits in the view and is asked for again by its key.
  await window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(window.getByText('1 file waits for you to say which field is what.')).toBeVisible();
  await window.keyboard.press('a');
  await expect(dialog).toBeVisible();

  // The times are those of a wall in New York: the zone is found by typing its name.
  await tabTo(window, /Times name no zone/);
  await window.keyboard.press('Enter');
  await window.keyboard.type('America/New_Y');
  await window.keyboard.press('Enter');
  await expect(dialog.getByRole('region', { name: 'The first records' })).toContainText(
    '2026-03-04 14:24:40Z',
  );
  // And back: this table is in UTC.
  await tabTo(window, /Times name no zone/);
  await window.keyboard.press('Enter');
  await window.keyboard.press('Home');
  await window.keyboard.press('Enter');
  // Whether it was a pipeline or a service, the row need not say.
  await tabTo(window, /Service$/);
  await window.keyboard.press('Enter');
  await window.keyboard.type('not in');
  await window.keyboard.press('Enter');
  await expect(dialog.getByRole('region', { name: 'The first records' })).toContainText('deployments');
  await picture(window, 'mapping-2-corrected');
  await window.keyboard.press('ControlOrMeta+Enter');

  await expect(dialog).toBeHidden();
  const changes = window.getByRole('region', { name: /changes before onset/i });
  await expect(changes).toContainText('change egress rule', { timeout: 30_000 });
  await expect(changes).not.toContainText('rollback');
  await picture(window, 'mapping-3-ranked');

  // It is listed, and forgotten on request.
  await goTo(window, 's', 'Settings');
  const mappings = window.getByRole('region', { name: 'Files read as mapped by hand' });
  await expect(mappings).toContainText('deployments');
  await picture(window, 'mapping-4-remembered');
  await tabTo(window, 'Forget deployments');
  await window.keyboard.press('Enter');
  await expect(mappings).toContainText('None yet.');
  await close();
});
