import path from 'node:path';
import { expect, test } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { dropOnWindow } from './drop.ts';
import { command, goTo } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

const FIXTURES = path.resolve(import.meta.dirname, '../fixtures/evidence');
const FILES = [
  'hour.json',
  'trail-status.json',
  'config-history.json',
  'log-events.json',
  'certificates.json',
];

test('what the logs cannot show is in sight, and answers its check with one press', async () => {
  const launched = await launchApp();
  const responder = new Responder(launched.window);
  const { window } = responder;
  await responder.ready();
  await responder.declare({
    title: 'Orders are refused',
    onset: '2026-03-04 09:30Z',
    provider: 'Amazon Web Services',
    services: ['s3'],
    regions: ['eu-west-1'],
    severity: 'SEV 2',
    lead: 'A. Ruiz',
  });
  await dropOnWindow(
    window,
    FILES.map((file) => path.join(FIXTURES, file)),
  );

  await goTo(window, 'e', 'Evidence');
  const holes = window.getByRole('region', { name: /in the evidence/ });
  await expect(holes).toContainText('Logging was switched off', { timeout: 60_000 });
  await expect(holes).toContainText('The trail cannot deliver its files');
  const changes = window.getByRole('region', { name: /changes before onset/i });
  await expect(changes).toContainText('lost tcp 5432 from sg-0bbb');
  await picture(window, 'holes-1-evidence');
  await window.emulateMedia({ colorScheme: 'dark' });
  await picture(window, 'holes-1-evidence-dark');

  await goTo(window, 't', 'Triage');
  const customer = window.getByRole('region', { name: 'Customer' });
  await expect(customer).toContainText('Logging was switched off');
  await command(window, 'Ask another check');
  await window.getByRole('row', { name: /Gap in the logs/ }).press('Enter');
  await expect(window.locator('#question')).toContainText('missing');
  await expect(window.getByText(/The logs suggest \[1\]: StopLogging/)).toBeVisible();
  await picture(window, 'holes-2-triage');
  await window.keyboard.press('y');
  await expect(window.locator('#question')).not.toContainText('missing');
  await goTo(window, 'l', 'Timeline');
  await expect(window.getByText(/StopLogging at 2026-03-04T09:05/).first()).toBeVisible();
  await launched.close();
});
