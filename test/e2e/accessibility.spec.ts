import { expect, test, type Page } from '@playwright/test';
import { launchApp } from '../support/electron-app.ts';
import { startFeedServer } from '../support/feed-server.ts';
import { violations } from './axe.ts';
import { command } from './keyboard.ts';
import { picture } from './pictures.ts';
import { DECLARATION, wholeFeed } from './provider-story.ts';
import { Responder } from './responder.ts';

const PLAIN = ['Declare an incident', 'Playbooks', 'Drills', 'Contacts', 'Feeds', 'Settings'] as const;
const TABS = ['Evidence', 'Map', 'Provider', 'Verdict', 'Timeline', 'Triage', 'Escalation'] as const;

/** Goes to a view by the palette, which also works while a field has the focus. */
async function open(window: Page, heading: string): Promise<void> {
  await command(window, heading);
  await expect(window.getByRole('heading', { level: 1, name: heading })).toBeAttached();
}

for (const scheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in any view, ${scheme}`, async () => {
    const server = await startFeedServer();
    server.serve('/incidents.json', wholeFeed());
    const { window, close } = await launchApp();
    await window.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const responder = new Responder(window);
    await responder.ready();
    const found: Record<string, string[]> = {};
    const look = async (name: string): Promise<void> => {
      await picture(window, `${scheme}-${name.toLowerCase().replaceAll(' ', '-')}`);
      const faults = await violations(window);
      if (faults.length > 0) found[name] = faults;
    };
    await look('No incidents');
    for (const heading of PLAIN) {
      await open(window, heading);
      await look(heading);
    }
    await responder.setFeedAddress('Google Cloud status', `${server.url}/incidents.json`);
    await responder.declare(DECLARATION);
    await look('Triage at the start');
    await responder.answer({ error_signature: ['internal_5xx'] });
    await responder.answer({});
    await window.keyboard.press('h');
    await look('How to find out');
    await window.keyboard.press('Escape');
    await window.keyboard.press('a');
    await expect(window.getByRole('dialog')).toBeVisible();
    await look('Accepting');
    await window.keyboard.press('Enter');
    await expect(window.getByRole('heading', { level: 1, name: 'Escalation' })).toBeAttached();
    for (const heading of TABS) {
      await open(window, heading);
      await look(heading);
    }
    await command(window, 'All keys');
    await look('All keys');
    await window.keyboard.press('Escape');
    await window.keyboard.press('ControlOrMeta+k');
    await look('All commands');
    await window.keyboard.press('Escape');
    await open(window, 'Incidents');
    await look('Incidents');
    expect(found).toEqual({});
    await close();
    await server.close();
  });
}
