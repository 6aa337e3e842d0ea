import type { Handlers } from '../../preload/contract/requests.ts';
import type { Result } from '../core/result.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { deleteMapping, listMappings, proposeMapping, saveMapping } from '../services/row-mappings.ts';

type Use = <T>(work: (services: OpenedServices) => Promise<Result<T>>) => Promise<Result<T>>;

/** The requests about rows that are mapped by hand. */
export function mappingHandlers(
  use: Use,
): Pick<Handlers, 'proposeMapping' | 'listMappings' | 'saveMapping' | 'deleteMapping'> {
  return {
    proposeMapping: ({ path }) => use(() => proposeMapping(path)),
    listMappings: () => use(({ context }) => listMappings(context)),
    saveMapping: ({ mapping }) => use(({ context }) => saveMapping(context, mapping)),
    deleteMapping: ({ number }) => use(({ context }) => deleteMapping(context, number)),
  };
}
