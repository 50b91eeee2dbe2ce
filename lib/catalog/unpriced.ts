import type { RouterConfig } from '../contract';
import { priceAt } from './others/other-prices';
import { priceOf } from './prices';
import type { ModelCatalog } from './resolve';

/** Where a configuration names a model that nobody knows the price of. */
export interface Unpriced {
  readonly at: string;
  readonly model: string;
}

export function unpricedModels(
  { routes, hosts }: Pick<RouterConfig, 'routes' | 'hosts'>,
  catalog: ModelCatalog,
): Unpriced[] {
  const ofModels = catalog.models.flatMap(({ id }, index) =>
    priceOf(id) === undefined ? [{ at: `models[${index}]`, model: id }] : [],
  );
  const ofLinks = routes.flatMap(({ lastResort = [] }, index) =>
    lastResort.flatMap(({ host, model }, place) => {
      const config = hosts.find(({ name }) => name === host);
      const isKnown = config === undefined || catalog.find(model) !== undefined || priceAt(config, model) !== undefined;
      return isKnown ? [] : [{ at: `routes[${index}].lastResort[${place}]`, model }];
    }),
  );
  return [...ofModels, ...ofLinks];
}
