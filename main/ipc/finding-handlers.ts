import type { Handlers } from '../../preload/contract/requests.ts';
import type { Result } from '../core/result.ts';
import { attachFinding, pageOfFindings } from '../services/findings.ts';
import type { OpenedServices } from '../services/open-services.ts';

type Use = <T>(work: (s: OpenedServices) => Promise<Result<T>>) => Promise<Result<T>>;

/** The requests about findings of states. */
export function findingHandlers(use: Use): Pick<Handlers, 'listFindings' | 'attachFinding'> {
  return {
    listFindings: ({ incidentId, status, pattern, text, after }) =>
      use(({ context, book }) =>
        pageOfFindings(context, book, incidentId, {
          ...(after === null ? {} : { after }),
          ...(status === null ? {} : { status }),
          ...(pattern === null ? {} : { pattern }),
          ...(text.trim() === '' ? {} : { text: text.trim() }),
        }),
      ),
    attachFinding: ({ incidentId, findingId }) =>
      use(({ context, book }) => attachFinding(context, book, incidentId, findingId)),
  };
}
