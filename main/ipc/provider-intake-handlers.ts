import type { Handlers } from '../../preload/contract/requests.ts';
import type { ProviderIntakeAnswers } from '../../preload/contract/provider-intake-requests.ts';
import type { Result } from '../core/result.ts';
import { readStatement, takeStatement } from '../services/feed-statement.ts';
import type { OpenedServices } from '../services/open-services.ts';

type Use = <T>(work: (services: OpenedServices) => Promise<Result<T>>) => Promise<Result<T>>;

/** Finding a feed by its host name, and statements from a file or the clipboard. */
export function providerIntakeHandlers(use: Use): Pick<Handlers, keyof ProviderIntakeAnswers> {
  return {
    findFeed: ({ address, kind }) => use(({ finder }) => finder.find(address, kind)),
    readStatement: ({ incidentId, ...given }) =>
      use(({ context, book }) => readStatement(context, book, incidentId, given)),
    takeStatement: ({ incidentId, ...given }) =>
      use(({ context, book }) => takeStatement(context, book, incidentId, given)),
  };
}
