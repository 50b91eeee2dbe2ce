import { type OverrideEntry, REGION_HOST } from '../../lib/contract';
import type { Act } from '../source';

export type Override = Pick<OverrideEntry, 'host' | 'action' | 'percent'>;

/** What an act writes into the health table; undefined for one that takes such a word back, and for all that is not written there. */
export function overriding(act: Act): Override | undefined {
  switch (act.act) {
    case 'drain':
    case 'drill':
      return { host: act.host, action: act.act };
    case 'weight':
      return { host: act.host, action: 'weight', percent: act.percent };
    case 'region-out':
      return { host: REGION_HOST, action: 'drain' };
    default:
      return undefined;
  }
}

/** Whose word it takes back. */
export function tookBack(act: Act): string | undefined {
  if (act.act === 'undrain') return act.host;
  return act.act === 'region-in' ? REGION_HOST : undefined;
}
