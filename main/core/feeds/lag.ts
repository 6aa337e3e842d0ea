import type { Provider } from '../sides.ts';

/** Measured time from the start of impact to the first public word. */
export interface FirstWordLag {
  /** Whose figures these are; the all-provider figures stand in where a provider has none of its own. */
  readonly of: string;
  /** Minutes within which half, three quarters and nine in ten of the first words came; null where too few were measured. */
  readonly half: number;
  readonly threeQuarters: number | null;
  readonly nineInTen: number | null;
  /** Incidents measured. */
  readonly count: number;
  readonly source: string;
}

/**
 * Only incidents that reached the page at all are in these figures, so they flatter it. Google Cloud: first visible
 * less begin, from stored 15-minute snapshots of its feed, so up to 15 minutes too long.
 */
const GCP_SOURCE = 'on its incidents.json of 2020 to 2026, in public 15-minute snapshots';
const GCP: FirstWordLag = {
  of: 'Google Cloud',
  half: 69,
  threeQuarters: 134,
  nineInTen: 429,
  count: 210,
  source: GCP_SOURCE,
};

const GCP_BY_SEVERITY: Readonly<Record<string, FirstWordLag>> = {
  outage: { ...GCP, of: 'Google Cloud outages', half: 116, threeQuarters: 200, nineInTen: 232, count: 20 },
  degraded: {
    ...GCP,
    of: 'Google Cloud disruptions',
    half: 97,
    threeQuarters: 182,
    nineInTen: 1501,
    count: 88,
  },
  information: {
    ...GCP,
    of: 'Google Cloud notices',
    half: 37,
    threeQuarters: 85,
    nineInTen: 200,
    count: 102,
  },
};

/**
 * 22 (EC2 us-west-2, 2020-12-14), 22 (us-east-1, 2025-10-20), 38 (STS us-west-2, 2026-09-03), 53 (us-east-1, 2021-12-07),
 * 70 (Direct Connect eu-central-1, 2026-08-14) and 900 (EC2 eu-west-2, 2026-08-18) minutes: events whose impact AWS itself
 * has dated.
 */
const AWS: FirstWordLag = {
  of: 'AWS',
  half: 46,
  threeQuarters: 70,
  nineInTen: null,
  count: 6,
  source: 'on AWS events of 2020 to 2026, the first post against the start that AWS stated',
};

/** 11, 19, 21, 23, 28, 30, 30, 40, 52, 54, 60 and 120 minutes, all providers; five of them partly from memory. */
const ANY: FirstWordLag = {
  of: 'all providers',
  half: 30,
  threeQuarters: 53,
  nineInTen: 60,
  count: 12,
  source: 'on public incidents of all providers, five of the twelve partly from memory',
};

/** The measured lag for a provider, and for a severity (`outage`, `degraded`, `information`) where that was measured. */
export function firstWordLag(provider: Provider, severity?: string): FirstWordLag {
  if (provider === 'gcp') return (severity === undefined ? undefined : GCP_BY_SEVERITY[severity]) ?? GCP;
  return provider === 'aws' ? AWS : ANY;
}

/** How much a silent page weighs, and the sentence for it. */
export interface Silence {
  readonly weight: 'none' | 'little' | 'some';
  readonly words: string;
  /** Where the figures come from, as a sentence. */
  readonly source: string;
}

/** Before this many minutes a silent page says nothing, whatever the provider; see DESIGN, "The verdict". */
const NOTHING_BEFORE = 30;

/** From here on minutes are more than anybody counts. */
const DAYS_FROM = 2 * 24 * 60;

/**
 * What it means that a provider's page is silent `minute` minutes after onset. It weighs nothing before half an hour
 * or before half of the provider's first words were out, little until three quarters were, some after that; it never
 * proves that the provider is well, since most incidents that customers see never reach a page.
 */
export function silenceInWords(provider: Provider, minute: number): Silence {
  const lag = firstWordLag(provider);
  const at =
    minute < DAYS_FROM
      ? `At minute ${Math.max(0, Math.floor(minute))}`
      : `After ${Math.floor(minute / 1440)} days`;
  const source = `Measured ${lag.source}.`;
  const basis = `half of the first public words of ${lag.of} came after ${lag.half} minutes (${lag.count} measured)`;
  if (minute < Math.max(NOTHING_BEFORE, lag.half)) {
    return { weight: 'none', words: `${at} a silent page says nothing: ${basis}.`, source };
  }
  if (lag.threeQuarters !== null && minute < lag.threeQuarters) {
    return {
      weight: 'little',
      words: `${at} a silent page says little: ${basis}, a quarter after ${lag.threeQuarters}.`,
      source,
    };
  }
  return {
    weight: 'some',
    words: `${at} a silent page says something, but proves nothing: ${basis}, and many incidents never reach a page.`,
    source,
  };
}
