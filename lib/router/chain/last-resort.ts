import type { RouteConfig } from '../../contract';
import type { LastResortLink } from './last-resort-link';

/** What a route and its router may both say of answers of other models. */
export interface LastResort {
  readonly fallbacks?: readonly string[];
  readonly lastResort?: readonly LastResortLink[];
  readonly onRefusal?: readonly string[];
  readonly message?: string;
}

/** Of a route, or where it does not say, of its router. An empty list is none. */
export function lastResortOf(route: LastResort, router: LastResort): Required<LastResort> {
  return {
    fallbacks: route.fallbacks ?? router.fallbacks ?? [],
    lastResort: route.lastResort ?? router.lastResort ?? [],
    onRefusal: route.onRefusal ?? router.onRefusal ?? [],
    message: route.message ?? router.message ?? '',
  };
}

/** As the router reads it. */
export function lastResortConfig(route: LastResort, router: LastResort): Partial<RouteConfig> {
  const { fallbacks, lastResort, onRefusal, message } = lastResortOf(route, router);
  return {
    ...(fallbacks.length > 0 && { fallbacks }),
    ...(lastResort.length > 0 && { lastResort: lastResort.map(({ host, model }) => ({ host: host.name, model })) }),
    ...(onRefusal.length > 0 && { onRefusal }),
    ...(message !== '' && { message }),
  };
}
