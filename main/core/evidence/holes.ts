import { addMinutes, type Instant } from '../time.ts';
import type { Coverage } from './coverage.ts';
import type { FileReport, LogRecord } from './model.ts';
import type { StateFinding } from './state-finding.ts';
import { betweenWords, clockOf, counted, lengthWords, listed, shortName } from './words.ts';

/** Something that the evidence does not hold, and that has to be known before "nothing was seen" is said. */
export interface EvidenceHole {
  readonly kind:
    | 'logging_stopped'
    | 'delivery_gap'
    | 'narrowed'
    | 'recorder_off'
    | 'window'
    | 'region'
    | 'account'
    | 'truncated'
    | 'unreadable';
  /** In a few words, e.g. `Logging was stopped`. */
  readonly title: string;
  /** One sentence. */
  readonly detail: string;
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** Logs of the time around onset are missing, and not only perhaps not exported: it answers `logging_gap`. */
  readonly answers: boolean;
  readonly recordIds: readonly string[];
  readonly findingIds: readonly string[];
}

interface HoleInput {
  readonly onset: Instant;
  readonly coverage: Coverage;
  readonly files: readonly FileReport[];
  /** Calls that changed something, with those that switched logging off and on. */
  readonly changes: readonly LogRecord[];
  /** Failing findings of the pattern `logging_off`. */
  readonly findings: readonly StateFinding[];
  /** Stretches without a record among many; see `denseGaps`. */
  readonly gaps: readonly { readonly from: Instant; readonly to: Instant }[];
}

/** What happened more than so long before onset, and was mended since, is of no interest; in minutes. */
const BEFORE = 24 * 60;
const AFTER = 60;
const MOST_FILES = 3;
const TRUNCATED =
  /first page only|more .{0,20}than were saved|rest is not in this file|may be more lines|cut off|only the first/i;

/** The holes in the evidence of an incident: those that answer whether logs are missing first. */
export function holesIn(input: HoleInput): EvidenceHole[] {
  const holes = [
    ...together(stopped(input), states(input.findings)),
    ...gaps(input),
    ...window(input),
    ...places(input),
    ...truncated(input.files),
    ...unreadable(input.files),
  ];
  return holes.sort((a, b) => Number(b.answers) - Number(a.answers));
}

/**
 * Stretches of at least `atLeast` minutes in which nothing was logged, although three minutes in four hold something.
 * `minutes` counts the records of each minute from `from` on. CloudTrail delivers every five minutes: one file that is missing
 * is such a stretch.
 */
export function denseGaps(
  minutes: readonly number[],
  from: Instant,
  atLeast = 5,
): { readonly from: Instant; readonly to: Instant }[] {
  const filled = minutes.filter((count) => count > 0).length;
  const first = minutes.findIndex((count) => count > 0);
  const last = minutes.findLastIndex((count) => count > 0);
  const span = last - first + 1;
  // Where three minutes in four hold something, five empty ones in a row are one chance in a thousand.
  if (first === -1 || span < 30 || filled < span * 0.75) return [];
  const found: { from: Instant; to: Instant }[] = [];
  let begin = -1;
  for (let minute = first; minute <= last; minute += 1) {
    if (minutes[minute] === 0) {
      if (begin === -1) begin = minute;
      continue;
    }
    if (begin !== -1 && minute - begin >= atLeast) {
      found.push({ from: addMinutes(from, begin), to: addMinutes(from, minute) });
    }
    begin = -1;
  }
  return found;
}

const NONE = { from: null, to: null, answers: false, recordIds: [], findingIds: [] } as const;

function stopped({ onset, changes }: HoleInput): EvidenceHole[] {
  const earliest = addMinutes(onset, -BEFORE);
  const latest = addMinutes(onset, AFTER);
  const worked = changes.filter((record) => record.errorCode === null && record.at <= latest);
  return worked
    .filter((record) => record.flags.includes('logging_off') && record.at >= earliest)
    .map((off): EvidenceHole => {
      const again = worked
        .filter((record) => record.flags.includes('logging_on') && record.source === off.source)
        .filter((record) => record.at > off.at)
        .filter((record) => record.account === off.account && record.region === off.region)
        .reduce<LogRecord | null>((first, one) => (first === null || one.at < first.at ? one : first), null);
      const who = off.principal === '' ? '' : ` by ${shortName(off.principal)}`;
      const what = off.resources[0] === undefined ? '' : ` of ${shortName(off.resources[0])}`;
      const until =
        again === null
          ? 'It is not seen to be switched on again.'
          : `${again.name} followed ${lengthWords(off.at, again.at)} later.`;
      return {
        kind: 'logging_stopped',
        title: again === null ? 'Logging was switched off' : 'Logging was off for a time',
        detail: `${off.name}${what}${who} at ${clockOf(off.at)} UTC: less is logged from there on. ${until}`,
        from: off.at,
        to: again?.at ?? null,
        // What was over before onset came is no gap around it.
        answers: again === null || again.at >= addMinutes(onset, -60),
        recordIds: again === null ? [off.id] : [off.id, again.id],
        findingIds: [],
      };
    });
}

/** The status of a trail often tells of the very stop that the log tells of: one hole, shown by both. */
function together(seen: readonly EvidenceHole[], said: readonly EvidenceHole[]): EvidenceHole[] {
  const isSame = (a: EvidenceHole, b: EvidenceHole): boolean =>
    b.kind === 'logging_stopped' && a.from !== null && a.from.slice(0, 16) === b.from?.slice(0, 16);
  return [
    ...seen.map((hole) => {
      const same = said.filter((other) => isSame(hole, other));
      return { ...hole, findingIds: same.flatMap(({ findingIds }) => findingIds) };
    }),
    ...said.filter((other) => !seen.some((hole) => isSame(hole, other))),
  ];
}

function states(findings: readonly StateFinding[]): EvidenceHole[] {
  return findings
    .filter((finding) => finding.pattern === 'logging_off' && finding.status === 'failing')
    .map((finding): EvidenceHole => {
      const recorder = finding.source === 'aws_config_recorder';
      // Data events are off in most accounts: worth saying, but no gap.
      const minor = finding.severity === 'info' || finding.severity === 'low';
      const named = finding.resource === '' ? '' : ` (${shortName(finding.resource)})`;
      return {
        kind: recorder ? 'recorder_off' : finding.control === 'IsLogging' ? 'logging_stopped' : 'narrowed',
        title: finding.title,
        detail: [
          `${finding.product}${named}${finding.since === null ? '' : ` since ${finding.since.slice(0, 16).replace('T', ' ')} UTC`}.`,
          finding.detail,
        ]
          .filter((part) => part !== '')
          .join(' '),
        from: finding.since,
        to: null,
        answers: !minor,
        recordIds: [],
        findingIds: [finding.id],
      };
    });
}

function gaps({ coverage, gaps: dense, onset }: HoleInput): EvidenceHole[] {
  const all = [
    ...coverage.gaps.map(({ from, to, region }) => ({ from, to, region, dense: false })),
    ...dense
      .filter((gap) => !coverage.gaps.some((known) => known.from <= gap.to && known.to >= gap.from))
      .map((gap) => ({ ...gap, region: undefined, dense: true })),
  ];
  const near = (gap: { readonly from: Instant; readonly to: Instant }): boolean =>
    gap.to >= addMinutes(onset, -60) && gap.from <= addMinutes(onset, AFTER);
  return all.map((gap) => ({
    ...NONE,
    kind: 'delivery_gap',
    title: gap.region === undefined ? 'A gap in the logs' : `A gap in the logs of ${gap.region}`,
    detail: `Nothing${gap.region === undefined ? '' : ` of ${gap.region}`} is in the files between ${betweenWords(gap.from, gap.to)} (${lengthWords(gap.from, gap.to)})${
      gap.dense ? ', where every other minute is full' : ''
    }: files are missing, or nothing was delivered.`,
    from: gap.from,
    to: gap.to,
    answers: near(gap),
  }));
}

function window({ onset, coverage }: HoleInput): EvidenceHole[] {
  const { window: covered } = coverage;
  if (covered === null) return [];
  if (covered.to < onset) {
    return [
      {
        ...NONE,
        kind: 'window',
        title: 'The logs end before onset',
        detail: `What happened between ${betweenWords(covered.to, onset)} is not in them.`,
        from: covered.to,
        to: onset,
      },
    ];
  }
  const least = addMinutes(onset, -60);
  if (covered.from <= least) return [];
  return [
    {
      ...NONE,
      kind: 'window',
      title: 'The logs begin late',
      detail: `They begin ${
        covered.from > onset ? 'after onset' : `${lengthWords(covered.from, onset)} before onset`
      }: earlier changes are not in them.`,
      from: least,
      to: covered.from,
    },
  ];
}

function places({ coverage }: HoleInput): EvidenceHole[] {
  const holes: EvidenceHole[] = [];
  if (coverage.missingRegions.length > 0) {
    holes.push({
      ...NONE,
      kind: 'region',
      title: `No logs of ${listed(coverage.missingRegions, 3)}`,
      detail: `${listed(coverage.missingRegions, 5)} ${coverage.missingRegions.length === 1 ? 'fails' : 'fail'}, and no file is from there: not exported, or no trail.`,
    });
  }
  if (coverage.lacksGlobal) {
    holes.push({
      ...NONE,
      kind: 'region',
      title: 'No logs of global services',
      detail: 'Changes of IAM, Route 53 and CloudFront are logged in us-east-1, which is not in these files.',
    });
  }
  if (coverage.missingAccounts.length > 0) {
    holes.push({
      ...NONE,
      kind: 'account',
      title: `No logs of ${counted(coverage.missingAccounts.length, 'account')} that take part`,
      detail: `${listed(coverage.missingAccounts, 5)} ${coverage.missingAccounts.length === 1 ? 'is' : 'are'} named in these logs, and no file is from there: what its policies say and what changed there is not known.`,
    });
  }
  return holes;
}

function truncated(files: readonly FileReport[]): EvidenceHole[] {
  return files.flatMap((file) => {
    const note = file.notes.find((one) => TRUNCATED.test(one));
    if (note === undefined) return [];
    const hole: EvidenceHole = {
      ...NONE,
      kind: 'truncated',
      title: `${file.file.split(/[\\/]/).at(-1) ?? file.file} may be incomplete`,
      detail: note,
    };
    return [hole];
  });
}

function unreadable(files: readonly FileReport[]): EvidenceHole[] {
  const unknown = files.filter((file) => file.recognisedAs === null);
  const rejected = files.reduce((sum, file) => sum + file.rejected, 0);
  const names = unknown.slice(0, MOST_FILES).map((file) => file.file.split(/[\\/]/).at(-1) ?? file.file);
  return [
    ...(unknown.length === 0
      ? []
      : [
          {
            ...NONE,
            kind: 'unreadable' as const,
            title: `${counted(unknown.length, 'file')} not recognised`,
            detail: listed(names, MOST_FILES),
          },
        ]),
    ...(rejected === 0
      ? []
      : [
          {
            ...NONE,
            kind: 'unreadable' as const,
            title: `${counted(rejected, 'record')} not readable`,
            detail: 'Their places are listed with their files.',
          },
        ]),
  ];
}
