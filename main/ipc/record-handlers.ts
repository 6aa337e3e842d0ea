import type { Handlers } from '../../preload/contract/requests.ts';
import type { Result } from '../core/result.ts';
import type { OpenedServices } from '../services/open-services.ts';
import { countFound, histogramOf, searchRecords } from '../services/records.ts';

type Use = <T>(work: (s: OpenedServices) => Promise<Result<T>>) => Promise<Result<T>>;

/** The requests about the records of our logs. */
export function recordHandlers(use: Use): Pick<Handlers, 'searchRecords' | 'getHistogram' | 'countFound'> {
  return {
    searchRecords: ({ incidentId, ...wish }) =>
      use(({ context, book }) => searchRecords(context, book, incidentId, wish)),
    getHistogram: ({ incidentId }) => use(({ context, book }) => histogramOf(context, book, incidentId)),
    countFound: ({ incidentId, after, ...wish }) =>
      use(({ context, book }) => countFound(context, book, incidentId, { ...wish, after })),
  };
}
