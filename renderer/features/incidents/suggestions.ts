import regionDocument from '../../../resources/feeds/regions.json';
import serviceDocument from '../../../resources/feeds/services.json';
import type { Provider } from '../../../main/core/sides.ts';
import type { Suggestion } from '../../components/token-field.tsx';

/** The services of a provider that feeds are matched by. Only offered: any other name can be typed. */
export function serviceSuggestions(provider: Provider): readonly Suggestion[] {
  return serviceDocument.services
    .filter((service) => service.provider === provider)
    .map(({ name, aliases }) => ({ name, also: aliases }));
}

/** The regions of a provider, and everywhere. */
export function regionSuggestions(provider: Provider): readonly Suggestion[] {
  const regions = regionDocument.regions
    .filter((region) => region.provider === provider && !('contains' in region))
    .map(({ id, names }) => ({ name: id, also: names }));
  return [...regions, { name: 'global', also: ['everywhere'] }];
}
