import type { Result } from '../core/result.ts';
import type { Handlers } from '../../preload/contract/requests.ts';
import type { ShelfAnswers } from '../../preload/contract/shelf-requests.ts';
import { switchPlaybook } from '../services/incidents.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { listPlaybooks } from '../services/playbook-shelf.ts';

/** What the window asks about playbooks to follow. `use` hands over the services once the database is open. */
export function shelfHandlers(
  use: <T>(work: (services: OpenedServices) => Promise<Result<T>>) => Promise<Result<T>>,
): Pick<Handlers, keyof ShelfAnswers> {
  return {
    listPlaybooks: () => use(({ context }) => listPlaybooks(context)),
    switchPlaybook: ({ incidentId, ...wish }) =>
      use(({ context, book }) => switchPlaybook(context, book, incidentId, wish)),
  };
}
