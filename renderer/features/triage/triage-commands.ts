import type { IncidentView } from '../../../preload/contract/views.ts';
import { useCommands, type Command } from '../../lib/commands.ts';
import { inOrderOfWord } from '../../lib/feed-words.ts';
import { useIncident } from '../../lib/incident-store.ts';
import { TRIAGE_KEYS } from './answer-keys.ts';
import { evidenceChoices, type EvidenceChoice } from './evidence-choices.ts';
import { useSession, type Panel } from './session-store.ts';
import { useAttach } from './use-attach.ts';
import type { Triage } from './use-triage.ts';

/** What can be done while a question is on the screen: its answers and everything around them, with their keys. */
export function useTriageCommands(triage: Triage, accept: () => void): void {
  const panel = useSession((session) => session.panel);
  const set = useSession((session) => session.set);
  const callFocus = useSession((session) => session.callFocus);
  const attach = useAttach(triage);
  const side = useIncident((store) => store.customerSide);
  const { current, isClosed, view } = triage;
  const can = current !== null && !isClosed;

  const toggle = (which: Panel, title: string, key: string): Command => ({
    id: `triage.${which}`,
    title,
    keys: [key],
    group: 'Answer',
    enabled: current !== null,
    run: () => {
      set({ panel: panel === which ? null : which });
      if (panel === which) callFocus();
    },
  });
  const statements =
    current === null
      ? []
      : evidenceChoices(view, side, triage.suggestion, 'provider').filter(
          ({ source }) => source.kind === 'feed',
        );
  const [statement] = statements;

  useCommands([
    ...(can ? triage.keys : []).map(({ answer, key }): Command => ({
      id: `triage.answer.${key}`,
      title: `${current?.check.several === true ? 'Mark' : 'Answer'}: ${answer.label}`,
      keys: [key],
      group: 'Answer',
      run: () => {
        triage.press(answer);
      },
    })),
    toggle('how', 'How to find out', TRIAGE_KEYS.howTo),
    toggle('evidence', 'Evidence for this answer', TRIAGE_KEYS.evidence),
    toggle('others', 'Ask another check', TRIAGE_KEYS.others),
    {
      id: 'triage.statement',
      title: `Attach the provider's statement: ${statement?.name ?? ''}`,
      keys: [TRIAGE_KEYS.statement],
      group: 'Answer',
      enabled: can && statement !== undefined,
      run: () => {
        if (statement !== undefined) void attach(statement);
      },
    },
    ...statementsByPlace(view, statements).map(({ place, choice }): Command => ({
      id: `triage.statement.${place}`,
      title: `Attach the statement: ${choice.name}`,
      keys: [`Alt+Digit${place}`],
      group: 'Answer',
      enabled: can,
      run: () => {
        void attach(choice);
      },
    })),
    {
      id: 'triage.atHand',
      title: 'Use the answer that is at hand',
      keys: [TRIAGE_KEYS.useAtHand],
      group: 'Answer',
      enabled: can && triage.takeAtHand !== null,
      run: () => triage.takeAtHand?.(),
    },
    {
      id: 'triage.back',
      title: 'Back to the check before',
      keys: [TRIAGE_KEYS.back],
      group: 'Answer',
      enabled: triage.back !== null,
      run: () => triage.back?.(),
    },
    {
      id: 'triage.undo',
      title: 'Undo the last answer',
      keys: [TRIAGE_KEYS.undo],
      group: 'Answer',
      enabled: triage.undo !== null,
      run: () => triage.undo?.(),
    },
    {
      id: 'triage.accept',
      title: 'Accept a verdict, or overrule it',
      keys: [TRIAGE_KEYS.accept],
      group: 'Incident',
      enabled: !isClosed && triage.path.length > 0,
      run: accept,
    },
    {
      id: 'triage.close',
      title: panel === null ? 'To the next check' : 'Close what lies over the side',
      keys: ['Escape'],
      group: 'Answer',
      enabled: panel !== null || triage.isChosen,
      run: () => {
        if (panel === null) triage.show(null);
        else set({ panel: null });
        callFocus();
      },
    },
  ]);
}

/** Feeds that have said something, each with its place on the provider's side, as far as there are digits. */
function statementsByPlace(
  view: IncidentView,
  choices: readonly EvidenceChoice[],
): readonly { readonly place: number; readonly choice: EvidenceChoice }[] {
  return inOrderOfWord(view.feeds)
    .slice(0, 9)
    .flatMap(({ feedId }, index) => {
      const choice = choices.find(({ key }) => key === `feed:${feedId}`);
      return choice === undefined ? [] : [{ place: index + 1, choice }];
    });
}
