import { describe, expect, it } from 'vitest';
import type { FeedBoardItem } from '../../../../preload/contract/views.ts';
import { answerKeys } from '../../../../renderer/features/triage/answer-keys.ts';
import { feedWord, inOrderOfWord } from '../../../../renderer/lib/feed-words.ts';
import { beforeOnset } from '../../../../renderer/features/triage/change-words.ts';
import { standingVerdict } from '../../../../renderer/features/triage/standing-verdict.ts';
import { suggestionWords } from '../../../../renderer/features/triage/suggestion-words.ts';
import { playbook } from '../small-playbook.ts';

function feed(saying: FeedBoardItem['saying'], state: FeedBoardItem['state'] = 'ok'): FeedBoardItem {
  return {
    feedId: saying,
    name: saying,
    url: 'https://status.example',
    kind: 'statuspage',
    state,
    saying,
    sentence: '',
    checkedAt: null,
    lastGoodAt: null,
    lastGoodSentence: null,
    firstWordMinute: null,
    matches: [],
  };
}

describe('feedWord', () => {
  it('never calls a feed that could not be read fine or silent', () => {
    const states = ['unreadable', 'stale', 'not_entitled', 'throttled'] as const;
    expect(states.map((state) => feedWord(feed('could_not_check', state)))).toEqual([
      { status: 'could_not_check', word: 'could not check' },
      { status: 'could_not_check', word: 'stale' },
      { status: 'could_not_check', word: 'not entitled' },
      { status: 'could_not_check', word: 'could not check: throttled' },
    ]);
    expect(feedWord(feed('not_read_yet', 'not_read_yet')).status).toBe('could_not_check');
  });

  it('tells an open incident from silence by word and shape', () => {
    expect(feedWord(feed('matching'))).toEqual({ status: 'outage', word: 'says outage' });
    expect(feedWord(feed('silent'))).toEqual({ status: 'silent', word: 'silent' });
  });
});

describe('inOrderOfWord', () => {
  it('lets what speaks stand first and silence last', () => {
    const board = [feed('silent'), feed('could_not_check'), feed('elsewhere'), feed('matching')];
    expect(inOrderOfWord(board).map(({ saying }) => saying)).toEqual([
      'matching',
      'elsewhere',
      'could_not_check',
      'silent',
    ]);
  });
});

describe('beforeOnset', () => {
  it('counts seconds below a minute and rounds above, as the reasons of the ranking do', () => {
    expect([0.32, 12.87, 61, -3].map(beforeOnset)).toEqual(['−19 s', '−13 min', '−61 min', '+3 min']);
  });
});

describe('suggestionWords', () => {
  const checkOf = (id: string): (typeof playbook.checks)[number] => {
    const check = playbook.checks.find((one) => one.id === id);
    if (check === undefined) throw new Error(id);
    return check;
  };

  it('names the keys to press and leaves the pressing to a person', () => {
    const check = checkOf('changes');
    const suggestion = {
      check: 'changes',
      answers: ['deploy', 'dns'],
      number: null,
      recordIds: [],
      findingIds: [],
    };
    expect(
      suggestionWords({ ...suggestion, from: 'logs', why: 'two changes.' }, answerKeys(check), check),
    ).toBe('The logs suggest [2] [3]: two changes.');
    expect(
      suggestionWords({ ...suggestion, from: 'findings', why: 'expired.' }, answerKeys(check), check),
    ).toBe('The findings suggest [2] [3]: expired.');
  });

  it('gives the number with its unit, and the key of the answer that takes it', () => {
    const check = checkOf('minutes_before');
    const suggestion = {
      check: check.id,
      answers: [],
      number: 12,
      recordIds: [],
      findingIds: [],
      why: 'a rule.',
    };
    expect(suggestionWords({ ...suggestion, from: 'logs' }, answerKeys(check), check)).toBe(
      'The logs suggest [1] 12 minutes: a rule.',
    );
  });
});

describe('standingVerdict', () => {
  const provider = { declared: true, verdict: 'provider' } as const;
  const inconclusive = { declared: false, verdict: 'inconclusive' } as const;
  const customer = { declared: true, verdict: 'customer' } as const;
  const acceptedAs = (verdict: 'provider' | 'customer', engine: 'provider' | 'inconclusive') =>
    ({
      status: 'open',
      accepted: { verdict, engine: { verdict: engine } } as Parameters<typeof standingVerdict>[0]['accepted'],
    }) as const;

  it('waits for a clear call, holds after it, and turns when the answers do', () => {
    expect(standingVerdict({ accepted: null, status: 'open' }, inconclusive)).toBe('open');
    expect(standingVerdict({ accepted: null, status: 'open' }, provider)).toBe('clear');
    expect(standingVerdict(acceptedAs('provider', 'provider'), provider)).toBe('accepted');
    expect(standingVerdict(acceptedAs('provider', 'provider'), inconclusive)).toBe('accepted');
    expect(standingVerdict(acceptedAs('provider', 'provider'), customer)).toBe('turned');
  });

  it('does not nag somebody who has overruled the engine knowing what it held', () => {
    expect(standingVerdict(acceptedAs('customer', 'provider'), provider)).toBe('accepted');
  });
});
