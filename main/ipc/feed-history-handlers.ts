import type { FeedHistoryAnswers } from '../../preload/contract/feed-history-requests.ts';
import type { Channel } from '../../preload/contract/channels.ts';
import type { Handlers } from '../../preload/contract/requests.ts';
import { ok, type Result } from '../core/result.ts';
import { saveSnapshot, statementMarkdown } from '../services/feed-snapshot.ts';
import type { OpenIncident } from '../services/incident-book.ts';
import type { OpenedServices } from '../services/open-services.ts';

type WithIncident = <T>(
  incidentId: string,
  work: (services: OpenedServices, incident: OpenIncident) => Promise<Result<T>>,
) => Promise<Result<T>>;

/** What feeds said in the past, for the window. */
export function feedHistoryHandlers(
  withIncident: WithIncident,
): Pick<Handlers, Extract<Channel, keyof FeedHistoryAnswers>> {
  return {
    getFeedLanes: ({ incidentId }) => withIncident(incidentId, ({ history }, one) => history.lanes(one)),
    getFeedStatement: ({ incidentId, feedId, at }) =>
      withIncident(incidentId, async ({ history }, one) => {
        const statement = await history.statement(one, feedId, at);
        if (!statement.ok) return statement;
        return ok({ ...statement.value, markdown: statementMarkdown(one, statement.value) });
      }),
    getRawEvent: ({ incidentId, feedId, at, nativeId }) =>
      withIncident(incidentId, async ({ history }, one) => {
        const statement = await history.statement(one, feedId, at);
        if (!statement.ok) return statement;
        const raw = await history.raw(one, statement.value, [nativeId]);
        return raw.ok ? ok(raw.value[0] ?? null) : raw;
      }),
    saveFeedSnapshot: ({ incidentId, feedId, at }) =>
      withIncident(incidentId, async ({ context, history }, one) => {
        const statement = await history.statement(one, feedId, at);
        return statement.ok ? saveSnapshot(context, history, one, statement.value) : statement;
      }),
  };
}
