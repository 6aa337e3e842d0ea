import type { Report, ReportLevel, TimelineItem } from '../../core/report/model.ts';
import { counted, sinceOnset, utcText, VERDICT_WORDS } from '../../core/report/words.ts';
import { joined, localText, momentText } from './markdown-moment.ts';
import { code, table, text } from './markdown-text.ts';
import type { Section } from './markdown-section.ts';

const LANES = {
  provider: 'provider',
  customer: 'customer',
  line: 'the line',
  third_party: 'third party',
} as const;
const OUTCOMES = { answered: 'answered', no_answer: 'no answer', done: 'done' } as const;

/** Who was to be reached by when, and every attempt. */
export function escalationSection({ escalation }: Report): Section {
  const heading = 'Escalation';
  if (escalation === null) return { heading, lines: ['No escalation was started.'] };
  const pages = escalation.levels.flatMap(pageRows);
  return {
    heading,
    lines: [
      `Started for ${VERDICT_WORDS[escalation.verdict]}, ${momentText(escalation.started)}.`,
      '',
      ...table(
        ['Level', 'Whom', 'Due', 'State'],
        escalation.levels.map((level) => [
          text(level.title),
          `${text(level.role)}: ${joined(level.contacts.map(contactText), text) || 'no contact was known'}`,
          momentText(level.due),
          level.status,
        ]),
      ),
      ...(pages.length === 0
        ? ['Nobody has been paged.']
        : table(['Level', 'Paged', 'Outcome', 'When', 'By', 'Note'], pages)),
    ],
  };
}

function pageRows(level: ReportLevel): string[][] {
  return level.pages.map((page) => [
    text(level.title),
    text(page.contactName),
    OUTCOMES[page.outcome],
    momentText(page),
    text(page.by),
    text(page.note),
  ]);
}

function contactText({ name, phone, mail }: ReportLevel['contacts'][number]): string {
  return [name, phone, mail].filter((part) => part !== '').join(' ');
}

/** One row per entry; what was superseded or withdrawn is struck through and says so. */
export function timelineSection({ timeline }: Report): Section {
  const rows = timeline.map((item) => [
    String(item.seq),
    sinceOnset(item.minute),
    utcText(item.at),
    localText(item),
    LANES[item.lane],
    text(item.actor),
    itemTitle(item),
  ]);
  return {
    heading: 'Timeline',
    lines: table(['Entry', 'Since onset', 'UTC', 'Local', 'Side', 'Who', 'What'], rows),
  };
}

function itemTitle(item: TimelineItem): string {
  const title = text(item.title);
  return item.superseded ? `~~${title}~~ (no longer stands)` : title;
}

/** Every answer that was given, also those that no longer stand. */
export function answersSection({ answers }: Report): Section {
  const rows = answers.map((answer) => [
    text(answer.title),
    [joined(answer.answerLabels, text), answer.number === null ? '' : `(${text(answer.number)})`]
      .filter((part) => part !== '')
      .join(' '),
    answer.status,
    momentText(answer),
    text(answer.by),
    [text(answer.note), ...answer.evidence.map((name) => `evidence: ${text(name)}`)]
      .filter((part) => part !== '')
      .join('; '),
  ]);
  return {
    heading: 'Answers',
    lines:
      rows.length === 0
        ? ['Nothing has been checked.']
        : table(['Check', 'Answer', 'State', 'When', 'By', 'Note'], rows),
  };
}

/** What each entry says beyond its title, with its hash in the trail. */
export function entriesSection({ timeline }: Report): Section {
  return {
    heading: 'Entries in full',
    lines: timeline.flatMap((item) => [
      `- **${item.seq}** ${sinceOnset(item.minute)}: ${itemTitle(item)}`,
      ...item.detail.map((line) => `    - ${text(line)}`),
      `    - Entry hash ${code(item.hash)}`,
    ]),
  };
}

/** Everything with bytes behind it, each with its SHA-256. */
export function evidenceSection({ evidence }: Report): Section {
  const rows = evidence.map((one) => [
    text(one.name),
    `${one.kind}, ${one.side}`,
    counted(one.size, 'byte', 'bytes'),
    `${momentText(one)} by ${text(one.by)}`,
    text(one.summary),
    joined(one.supports, text),
    code(one.sha256),
  ]);
  return {
    heading: 'Evidence',
    lines:
      rows.length === 0
        ? ['No evidence was attached.']
        : table(['Name', 'Kind', 'Size', 'Added', 'What it says', 'Stands behind', 'SHA-256'], rows),
  };
}

/** How far the trail reached, for comparison with a later copy. */
export function trailSection({ trail }: Report): Section {
  return {
    heading: 'Trail',
    lines: [
      ...table(
        ['Entries', 'Head', 'Fingerprint to read out', 'Signed by', 'Signed'],
        [
          [
            String(trail.count),
            code(trail.head),
            code(trail.fingerprint),
            code(trail.checkpoint.writer),
            utcText(trail.checkpoint.at),
          ],
        ],
      ),
      'The JSON export carries the trail itself; `demarc verify` checks it. Whoever keeps this head elsewhere can show later that nothing before it was changed or cut off.',
    ],
  };
}
