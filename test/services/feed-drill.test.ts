import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { epochMs } from '../../main/core/time.ts';
import { startDrill } from '../../main/services/drills.ts';
import { boardOf } from '../../main/services/feed-board.ts';
import { value, temporaryFolder } from '../support/database.ts';
import { servicesIn, testServices } from '../support/services.ts';

const SCENARIO = path.resolve(import.meta.dirname, '../../resources/scenarios/gcp-2025-06-12.json');

test('a drill has the same board, lanes and past minutes, on its own clock and its recorded feeds', async () => {
  const { context, book, reader, history, at } = await testServices();
  const drill = value(await startDrill(context, book, { scenarioId: 'gcp-2025-06-12', speed: 10 }));
  const { id } = drill.row;
  // A poll each virtual minute for eighty of them, as the background does it.
  for (let minute = 0; minute < 80; minute += 1) {
    value(await reader.readAll(id));
    at.advance(0.1);
  }
  const opened = value(await book.load(id));
  const [item] = value(await boardOf(context, opened));
  expect(item).toMatchObject({ saying: 'matching', lastGoodSentence: null });
  const { onset, lanes } = value(await history.lanes(opened));
  const [lane] = lanes;
  expect(lane?.segments.map(({ saying }) => saying)).toEqual(expect.arrayContaining(['silent', 'matching']));
  expect(lane?.segments.map(({ saying }) => saying)).not.toContain('not_asked');
  expect(lane?.firstRead?.notYet?.minute).toBe((lane?.firstRead?.minute ?? 0) - 1);
  const before = value(await history.statement(opened, lane?.feedId ?? '', onset));
  expect(before.saying).toBe('silent');
  expect(epochMs(before.polled?.from ?? onset)).toBe(epochMs(onset));
});

test('a drill asks no address out in the world, whatever its scenario names', async () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'scenarios'));
  const own = {
    ...(JSON.parse(readFileSync(SCENARIO, 'utf8')) as object),
    id: 'asks-the-world',
    feeds: [
      { feedId: 'far', name: 'Far', kind: 'gcp_incidents', url: 'https://status.example/incidents.json' },
    ],
  };
  writeFileSync(path.join(folder, 'scenarios/own.json'), JSON.stringify(own));
  const { context, book, reader } = await servicesIn(folder);
  const drill = value(await startDrill(context, book, { scenarioId: 'asks-the-world', speed: 1 }));
  const [item] = value(await boardOf(context, value(await reader.readAll(drill.row.id))));
  expect(item).toMatchObject({
    state: 'unreadable',
    sentence: 'A drill asks no address but one on this machine.',
  });
});
