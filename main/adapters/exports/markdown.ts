import type { Report } from '../../core/report/model.ts';
import { utcText, VERDICT_WORDS } from '../../core/report/words.ts';
import { customerSection, providerSection } from './markdown-sides.ts';
import { answersSection, evidenceSection, entriesSection } from './markdown-record.ts';
import { escalationSection, timelineSection, trailSection } from './markdown-record.ts';
import { joined, momentText } from './markdown-moment.ts';
import type { Section } from './markdown-section.ts';
import { code, table, text } from './markdown-text.ts';
import { holesSection, reasonsSection, turnsSection, verdictSection } from './markdown-verdict.ts';

/**
 * The report as Markdown in the form that wikis take: CommonMark with GitHub's tables and strikethrough, no HTML, no live links. Times are UTC
 * with the writer's local time and minutes since onset. Of a drill, every heading says so.
 */
export function renderMarkdown(report: Report): string {
  const mark = report.drill === null ? '' : 'DRILL · ';
  const { header } = report;
  const sections: readonly Section[] = [
    verdictSection(report),
    reasonsSection(report),
    holesSection(report),
    turnsSection(report),
    providerSection(report),
    customerSection(report),
    escalationSection(report),
    timelineSection(report),
    answersSection(report),
    entriesSection(report),
    evidenceSection(report),
    trailSection(report),
  ];
  const lines = [
    `# ${mark}${text(header.reference)} · ${text(header.title)}`,
    '',
    ...drillLines(report),
    ...headerLines(report),
    ...sections.flatMap(({ heading, lines: body }) => [`## ${mark}${heading}`, '', ...ended(body)]),
    `Made by Demarc, ${utcText(report.madeAt)}.`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Every section ends with one empty line, so that no table runs into the next heading. */
function ended(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines : [...lines, ''];
}

function drillLines({ drill }: Report): string[] {
  if (drill === null) return [];
  const { setup, score } = drill;
  const points = score === null ? 'It was not finished.' : `${score.points} of ${score.outOf} points.`;
  return [
    `> **DRILL: a rehearsal, not a live incident.** Scenario: ${text(setup.scenarioTitle)}, played at ${setup.speed}x. ${points}`,
    '',
    ...(score === null
      ? []
      : table(
          ['DRILL: scored for', 'Points', 'Why'],
          score.lines.map((line) => [text(line.what), `${line.points} of ${line.outOf}`, text(line.why)]),
        )),
  ];
}

function headerLines({ header, verdict, asOf, drill, madeAt }: Report): string[] {
  const { accepted } = verdict;
  const side =
    accepted === null
      ? 'not accepted yet'
      : `${VERDICT_WORDS[accepted.verdict]}, accepted by ${text(accepted.by)}`;
  const rows: readonly (readonly [string, string])[] = [
    ['Kind', drill === null ? 'Live incident' : '**DRILL**'],
    ['Status', header.closed === null ? header.status : `closed ${momentText(header.closed)}`],
    ['Severity', String(header.severity)],
    ['Onset', momentText(header.onset)],
    ['Declared', `${momentText(header.declared)} by ${text(header.declaredBy)}`],
    ['Provider', text(header.providerName)],
    ['Services', joined(header.services, text)],
    ['Regions', joined(header.regions, text)],
    ['Workload', text(header.workload)],
    ['Lead', text(header.lead)],
    ['Verdict', side],
    ['Playbook', `${text(header.playbook.title)} ${code(header.playbook.version)}`],
    ['As of', momentText(asOf)],
    ['Report made', utcText(madeAt)],
  ];
  return table(
    [drill === null ? 'Incident' : 'DRILL', code(header.reference)],
    rows.filter(([, value]) => value !== ''),
  );
}
