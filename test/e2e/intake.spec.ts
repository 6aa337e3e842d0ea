import { writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { freshDataDir, launchApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { command, goTo, tabTo, typeInto } from './keyboard.ts';
import { picture } from './pictures.ts';
import { Responder } from './responder.ts';

/** A page of incident.io on the host that a person types, with one incident open. */
const PAGE = {
  page: { id: '01JMDK8XYGHA6HPBF3PPWZBCJX', name: 'Example AI', url: 'https://status.example.com' },
  status: { indicator: 'none', description: 'All Systems Operational' },
  incidents: [
    {
      id: '01JMDK8XYGHA6HPBF3PPWZBCJY',
      name: 'Elevated error rates',
      status: 'investigating',
      impact: 'minor',
      created_at: '2025-06-12T18:00:00Z',
      updated_at: '2025-06-12T18:05:00Z',
      incident_updates: [],
    },
  ],
  components: null,
  scheduled_maintenances: null,
};

/** In both schemes, for a person to look at and for axe. */
async function looksRight(window: Page, name: string): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme });
    await picture(window, `${name}-${colorScheme}`);
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode(true).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
  }
}

test('a status page is added by its host name alone, and says what it would say now', async () => {
  const server = await startFeedServer();
  server.serve('/api/v2/summary.json', JSON.stringify(PAGE));
  const { window, close } = await launchApp();
  const responder = new Responder(window);
  await responder.ready();
  await goTo(window, 'f', 'Feeds');
  await window.keyboard.press('a');
  await typeInto(window, 'Status page', server.url.replace('http://', ''));
  await picture(window, 'intake-1-host');
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByText('incident.io, in Statuspage’s format')).toBeVisible();
  await expect(dialog.getByText('1 open: Elevated error rates.')).toBeVisible();
  await looksRight(window, 'intake-2-found');
  await window.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(window.getByText('Example AI', { exact: true })).toBeVisible();
  await expect(window.getByText(`${server.url}/api/v2/summary.json`)).toBeVisible();
  // One that has no feed is told with all that was tried, and can still be filled in by hand.
  const other = await startFeedServer();
  await window.keyboard.press('a');
  await typeInto(window, 'Status page', other.url);
  await window.keyboard.press('Enter');
  await expect(dialog.getByText(/No feed was found at/)).toBeVisible();
  await looksRight(window, 'intake-3-none');
  await close();
  await Promise.all([server.close(), other.close()]);
});

test('what AWS says in a pasted event is shown, taken in as from a file, and matched', async () => {
  const event = {
    'detail-type': 'AWS Health Event',
    source: 'aws.health',
    detail: {
      eventArn: 'arn:aws:health:us-west-2::event/EC2/AWS_EC2_OPERATIONAL_ISSUE/SYNTHETIC',
      service: 'EC2',
      eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
      eventTypeCategory: 'issue',
      statusCode: 'open',
      eventScopeCode: 'PUBLIC',
      eventRegion: 'us-west-2',
      startTime: 'Thu, 12 Jun 2025 18:51:00 GMT',
      lastUpdatedTime: 'Thu, 12 Jun 2025 18:55:00 GMT',
      eventDescription: [{ language: 'en_US', latestDescription: 'We are investigating API errors.' }],
    },
  };
  const { app, window, dataDir, close } = await launchApp({ dataDir: freshDataDir() });
  const responder = new Responder(window);
  await responder.ready();
  await responder.declare({
    title: 'Instances do not start',
    onset: '2025-06-12 17:51Z',
    provider: 'Amazon Web Services',
    services: ['ec2'],
    regions: ['us-west-2'],
    severity: 'SEV 1',
    lead: 'A. Ruiz',
  });
  await app.evaluate(
    ({ clipboard }, text) => {
      void clipboard.writeText(text);
    },
    JSON.stringify(event, null, 2),
  );
  // Pasting outside of any field is enough to open the dialog with what was pasted.
  await window.keyboard.press('ControlOrMeta+v');
  const dialog = window.getByRole('dialog');
  await expect(dialog.getByText('AWS Health events')).toBeVisible();
  await expect(dialog.getByText(/Matches this incident/)).toBeVisible();
  await looksRight(window, 'intake-4-pasted');
  await window.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog).toBeHidden();
  await expect(window.getByText('AWS Health events, from a file').first()).toBeVisible();
  await expect(window.getByText('T+60').first()).toBeVisible();
  await picture(window, 'intake-5-taken');

  // The same from a file whose kind its content does not tell: a person may say what it is.
  const file = path.join(dataDir, 'currentevents.json');
  writeFileSync(file, '[]');
  await app.evaluate(({ dialog: files }, chosen) => {
    files.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await command(window, 'Read a provider’s statement from a file or paste it');
  await expect(dialog.getByRole('textbox', { name: 'Paste what the provider says' })).toBeFocused();
  await window.keyboard.press('ControlOrMeta+o');
  await expect(dialog.getByText('Format not known')).toBeVisible();
  await looksRight(window, 'intake-6-unknown');
  await expect(dialog.getByRole('button', { name: /Take it in/ })).toBeDisabled();
  await tabTo(window, /Read it as/);
  await window.keyboard.press('Enter');
  await window.keyboard.type('AWS public');
  await window.keyboard.press('Enter');
  await expect(dialog.getByText('lists nothing')).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await goTo(window, 'l', 'Timeline');
  await expect(window.getByText(/Evidence added: AWS Health events, pasted/)).toBeVisible();
  await close();
});
