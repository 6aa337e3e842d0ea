import { afterEach, expect, it, vi } from 'vitest';
import { type Asked, useRecords } from '../../../../renderer/features/evidence/records-store.ts';
import { minute } from '../../../support/database.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const EVERYTHING: Asked = { text: '', kind: null, from: null, to: null };
const bar = { from: minute(0), records: 6, changes: 0, errors: 0 };
const ok = (value: unknown) => ({ ok: true, value });

/** Stands where the preload does: a count has three parts, each given when `give` is called. */
function bridge() {
  const waiting: (() => void)[] = [];
  const there: { records: readonly object[] } = { records: [] };
  const counted: { text: string; after: number | null }[] = [];
  vi.stubGlobal('window', {
    demarc: {
      getHistogram: () => Promise.resolve(ok({ minutes: 1, bars: [{ ...bar, records: 100 }] })),
      searchRecords: () => Promise.resolve(ok({ records: there.records, keys: [], more: false })),
      countFound: (input: { text: string; after: number | null }) => {
        counted.push({ text: input.text, after: input.after });
        const next = input.after === 2 ? null : (input.after ?? 0) + 1;
        return new Promise((resolve) => {
          waiting.push(() => {
            resolve(ok({ found: 4, minutes: 1, bars: [bar], next }));
          });
        });
      },
    },
  });
  const give = async (): Promise<void> => {
    await vi.waitFor(() => expect(waiting).toHaveLength(1));
    waiting.pop()?.();
  };
  return { counted, give, there };
}

it('adds a count up part by part, and says that it is the least until the last one', async () => {
  const { give, counted } = bridge();
  const opened = useRecords.getState().open('inc-1', { ...EVERYTHING, text: 'orders' });
  await give();
  await vi.waitFor(() => expect(counted).toHaveLength(2));
  expect(useRecords.getState().found).toMatchObject({ count: 4, isWhole: false });
  await give();
  await give();
  await opened;
  expect(counted.map(({ after }) => after)).toEqual([null, 1, 2]);
  expect(useRecords.getState().found).toEqual({
    count: 12,
    isWhole: true,
    minutes: 1,
    bars: [{ ...bar, records: 18 }],
  });
});

it('gives a count up when something else is asked, and counts nothing when everything is', async () => {
  const { give, counted } = bridge();
  const first = useRecords.getState().open('inc-1', { ...EVERYTHING, text: 'orders' });
  await vi.waitFor(() => expect(counted).toHaveLength(1));
  await useRecords.getState().open('inc-1', EVERYTHING);
  await give();
  await first;
  expect(counted).toEqual([{ text: 'orders', after: null }]);
  expect(useRecords.getState().found).toBeNull();
});

it('leaves the records to whoever is in the midst of them when more comes in, and shows the new when asked', async () => {
  const { there } = bridge();
  const [first, second] = [{ id: 'first' }, { id: 'second' }];
  const shown = (): readonly unknown[] => useRecords.getState().records;
  there.records = [first];
  await useRecords.getState().open('inc-1', EVERYTHING);
  there.records = [second, first];
  await useRecords.getState().renew('inc-1', () => true);
  expect(shown()).toEqual([first]);
  expect(useRecords.getState()).toMatchObject({ isBehind: true, isReading: false });
  await useRecords.getState().showNew('inc-1');
  expect(shown()).toEqual([second, first]);
  expect(useRecords.getState().isBehind).toBe(false);
});

it('takes in what came when nobody is in the midst, without a moment in which nothing is shown', async () => {
  const { there } = bridge();
  there.records = [{ id: 'first' }];
  await useRecords.getState().open('inc-1', EVERYTHING);
  const lengths: number[] = [];
  const stop = useRecords.subscribe(({ records }) => lengths.push(records.length));
  there.records = [{ id: 'second' }, { id: 'first' }];
  await useRecords.getState().renew('inc-1', () => false);
  stop();
  expect(lengths.at(-1)).toBe(2);
  expect(lengths).not.toContain(0);
});

/** Stands where the preload does: each page is given when the test says so. */
function pagesInHand() {
  const asked: { after: unknown; give: (ids: readonly string[]) => void }[] = [];
  vi.stubGlobal('window', {
    demarc: {
      getHistogram: () => Promise.resolve(ok({ minutes: 1, bars: [bar] })),
      searchRecords: ({ after }: { after: unknown }) =>
        new Promise((resolve) => {
          const give = (ids: readonly string[]): void => {
            resolve(ok({ records: ids.map((id) => ({ id })), keys: ids, more: true }));
          };
          asked.push({ after, give });
        }),
    },
  });
  return asked;
}

it('leaves out a page that was asked for before what is shown was read anew', async () => {
  const pages = pagesInHand();
  const { open, readOn, showNew } = useRecords.getState();
  const opened = open('inc-1', { ...EVERYTHING });
  await vi.waitFor(() => expect(pages).toHaveLength(1));
  pages[0]?.give(['c', 'b']);
  await opened;
  const older = readOn('inc-1');
  const anew = showNew('inc-1');
  expect(pages.map(({ after }) => after)).toEqual([null, 'b', null]);
  pages[2]?.give(['e', 'd']);
  await anew;
  pages[1]?.give(['a']);
  await older;
  expect(useRecords.getState().records.map(({ id }) => id)).toEqual(['e', 'd']);
  expect(useRecords.getState()).toMatchObject({ last: 'd', more: true, isReading: false });
});

it('shows of another incident nothing that is of the one before', async () => {
  const pages = pagesInHand();
  const first = useRecords.getState().open('inc-1', { ...EVERYTHING });
  await vi.waitFor(() => expect(pages).toHaveLength(1));
  pages[0]?.give(['a']);
  await first;
  expect(useRecords.getState().histogram).not.toBeNull();
  const second = useRecords.getState().open('inc-2', { ...EVERYTHING });
  expect(useRecords.getState()).toMatchObject({ histogram: null, records: [] });
  await vi.waitFor(() => expect(pages).toHaveLength(2));
  pages[1]?.give([]);
  await second;
});

it('renews what is open by then, not what was open when the renewal before it began', async () => {
  bridge();
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const { open, renew } = useRecords.getState();
  await open('inc-1', { ...EVERYTHING });
  Object.assign(window.demarc, {
    getHistogram: ({ incidentId }: { incidentId: string }) => {
      asked.push(incidentId);
      return new Promise((resolve) => {
        answers.push(() => {
          resolve(ok({ minutes: 1, bars: [{ ...bar, records: incidentId === 'inc-1' ? 1 : 2 }] }));
        });
      });
    },
  });
  const first = renew('inc-1', () => false);
  const opened = open('inc-2', { ...EVERYTHING });
  await vi.waitFor(() => expect(asked).toEqual(['inc-1', 'inc-2']));
  const second = renew('inc-2', () => true);
  answers[1]?.();
  await opened;
  answers[0]?.();
  await vi.waitFor(() => expect(asked).toEqual(['inc-1', 'inc-2', 'inc-2']));
  answers[2]?.();
  await Promise.all([first, second]);
  expect(useRecords.getState()).toMatchObject({ isBehind: true, histogram: { bars: [{ records: 2 }] } });
});

it('keeps what was counted in sight until more is counted', async () => {
  const { give } = bridge();
  const opened = useRecords.getState().open('inc-1', { ...EVERYTHING, text: 'orders' });
  for (let part = 0; part < 3; part += 1) await give();
  await opened;
  const counts: (number | undefined)[] = [];
  const stop = useRecords.subscribe(({ found }) => counts.push(found?.count));
  const renewed = useRecords.getState().renew('inc-1', () => true);
  for (let part = 0; part < 3; part += 1) await give();
  await renewed;
  stop();
  expect(new Set(counts)).toEqual(new Set([12]));
});

it('asks of searches that come while another is under way only the newest', async () => {
  const searched: string[] = [];
  const waiting: (() => void)[] = [];
  vi.stubGlobal('window', {
    demarc: {
      getHistogram: () => Promise.resolve(ok({ minutes: 1, bars: [bar] })),
      searchRecords: ({ text }: { text: string }) => {
        searched.push(text);
        return new Promise((resolve) => {
          waiting.push(() => {
            resolve(ok({ records: [], keys: [], more: false }));
          });
        });
      },
      countFound: () => Promise.resolve(ok({ found: 7, minutes: 1, bars: [bar], next: null })),
    },
  });
  const { open } = useRecords.getState();
  const first = open('inc-1', { ...EVERYTHING, text: 'one' });
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  const others = ['two', 'three', 'four'].map((text) => open('inc-1', { ...EVERYTHING, text }));
  waiting[0]?.();
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  waiting[1]?.();
  await Promise.all([first, ...others]);
  expect(searched).toEqual(['one', 'four']);
  expect(useRecords.getState()).toMatchObject({ asked: { text: 'four' }, found: { count: 7 }, fault: null });
});

it('goes on to the next search after one that could not be answered', async () => {
  let fails = true;
  vi.stubGlobal('window', {
    demarc: {
      getHistogram: () => Promise.resolve(ok({ minutes: 1, bars: [bar] })),
      searchRecords: () => {
        if (fails) return Promise.reject(new Error('The database is closed'));
        return Promise.resolve(ok({ records: [], keys: [], more: false }));
      },
      countFound: () => Promise.resolve(ok({ found: 7, minutes: 1, bars: [bar], next: null })),
    },
  });
  const first = useRecords.getState().open('inc-1', { ...EVERYTHING, text: 'one' });
  await first.catch(() => {});
  fails = false;
  await useRecords.getState().open('inc-1', { ...EVERYTHING, text: 'two' });
  expect(useRecords.getState().found).toMatchObject({ count: 7 });
});
