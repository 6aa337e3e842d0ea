import type { Scope } from '../incident/events.ts';
import { PROVIDER_NAMES } from '../sides.ts';
import { minutesBetween } from '../time.ts';
import { labelled, linesOf, type Recorded, type Sentence, type SentenceContext } from './sentence.ts';
import { counted, utcText } from './words.ts';

export function declaredSentence({ data }: Recorded<'incident.declared'>): Sentence {
  const { drill, playbook } = data;
  const what = data.mode === 'drill' ? 'Drill declared' : 'Incident declared';
  return {
    lane: 'line',
    kind: 'incident',
    title: `${what}: ${data.title}`,
    detail: [
      ...SCOPE_FIELDS.filter((field) => field !== 'title').flatMap((field) =>
        labelled(SCOPE_WORDS[field], scopeText(data, field)),
      ),
      `Playbook: ${playbook.id} ${playbook.version}, SHA-256 ${playbook.sha256}`,
      ...(drill === null
        ? []
        : [`Scenario: ${drill.scenarioTitle}, at ${drill.speed}x, SHA-256 ${drill.scenarioSha256}`]),
    ],
  };
}

/** A change of playbook keeps what was observed: only the questions change. */
export function switchedSentence({ data, actor }: Recorded<'playbook.switched'>): Sentence {
  const { from, to, title, reason } = data;
  return {
    lane: 'line',
    kind: 'incident',
    title: `${actor} switched the playbook to ${title}`,
    detail: [
      ...linesOf(reason),
      `From ${from.id} ${from.version} to ${to.id} ${to.version}, SHA-256 ${to.sha256}`,
      'What was observed before stays.',
    ],
  };
}

export function amendedSentence({ data }: Recorded<'incident.amended'>, context: SentenceContext): Sentence {
  const changed = SCOPE_FIELDS.filter((field) => data[field] !== undefined);
  const scope = context.before?.scope;
  return {
    lane: 'line',
    kind: 'incident',
    title: `Amended: ${changed.map((field) => SCOPE_WORDS[field].toLowerCase()).join(', ')}`,
    detail: changed.map((field) => {
      const to = scopeText(data, field) || 'nothing';
      const from = scope === undefined ? '' : scopeText(scope, field) || 'nothing';
      return from === '' ? `${SCOPE_WORDS[field]}: ${to}` : `${SCOPE_WORDS[field]}: from ${from} to ${to}`;
    }),
  };
}

export function closedSentence({ data, actor }: Recorded<'incident.closed'>): Sentence {
  return {
    lane: 'line',
    kind: 'incident',
    title: `${actor} closed the incident`,
    detail: linesOf(data.summary),
  };
}

export function reopenedSentence({ data, actor }: Recorded<'incident.reopened'>): Sentence {
  return {
    lane: 'line',
    kind: 'incident',
    title: `${actor} reopened the incident`,
    detail: linesOf(data.reason),
  };
}

/** A note's first line is its title, so that a timeline can be read without opening anything. */
export function noteSentence({ data }: Recorded<'note.added'>): Sentence {
  const [first = '', ...others] = linesOf(data.text);
  return { lane: 'line', kind: 'note', title: `Note: ${first}`, detail: others };
}

export function exportSentence({ data }: Recorded<'export.made'>): Sentence {
  return {
    lane: 'line',
    kind: 'export',
    title: `Exported as ${data.files.map(({ format }) => format).join(', ')}`,
    detail: [
      ...data.files.map(({ name, sha256 }) => `${name}, SHA-256 ${sha256}`),
      `The trail had ${counted(data.count, 'entry', 'entries')} then; its head was ${data.head}`,
    ],
  };
}

export function clockSentence({ data }: Recorded<'clock.went_back'>): Sentence {
  const seconds = Math.round(minutesBetween(data.to, data.from) * 60);
  const amount =
    seconds < 120 ? counted(seconds, 'second', 'seconds') : `${Math.round(seconds / 60)} minutes`;
  return {
    lane: 'line',
    kind: 'clock',
    title: `The writer’s clock went back by ${amount}`,
    detail: [`From ${utcText(data.from)} to ${utcText(data.to)}; the order of the entries is unaffected.`],
  };
}

const SCOPE_WORDS = {
  title: 'Title',
  onset: 'Onset',
  provider: 'Provider',
  services: 'Services',
  regions: 'Regions',
  severity: 'Severity',
  workload: 'Workload',
  lead: 'Lead',
} as const satisfies Readonly<Record<keyof Scope, string>>;

const SCOPE_FIELDS = [
  'title',
  'onset',
  'provider',
  'services',
  'regions',
  'severity',
  'workload',
  'lead',
] as const;

function scopeText(
  scope: { readonly [F in keyof Scope]?: Scope[F] | undefined },
  field: keyof Scope,
): string {
  if (field === 'onset') return scope.onset === undefined ? '' : utcText(scope.onset);
  if (field === 'provider') return scope.provider === undefined ? '' : PROVIDER_NAMES[scope.provider];
  const value = scope[field];
  return typeof value === 'object' ? value.join(', ') : String(value ?? '');
}
