import { LIMIT_METRICS, type SpendPeriod } from '../../../lib/contract';
import { usdText } from '../../engine/allowance/money';
import type { Clock } from '../../engine/time/clock';
import type { Telemetry } from '../telemetry/telemetry';
import { countKey, type Scope } from './limits/scope';

/** What is told of spend limits, each as a metric whose line says the rest. No user's id is in it. */
export interface Telling {
  notice(limit: { readonly scope: Scope; readonly period: SpendPeriod; readonly share: number }, used: number): void;
  refused(team: string | undefined, limit: { readonly scope: Scope; readonly period: SpendPeriod }): void;
  /** The table cannot be used. */
  unchecked(isLetIn: boolean): void;
  unpriced(model: string): void;
}

const TELL_AGAIN_MS = 60_000;

export function createTelling({ count }: Telemetry, clock: Clock): Telling {
  let [unchecked, toldAt] = [0, -Infinity];
  return {
    notice: ({ scope, period, share }, used) =>
      count(LIMIT_METRICS.notices, {
        limit: `${countKey(scope)} ${period}`,
        used: usdText(used),
        of: usdText(share),
        problem: `${Math.floor((100 * used) / share)} % of a spend limit is used up`,
      }),
    refused: (team = '', { scope, period }) =>
      count(LIMIT_METRICS.refused, { team, limit: `${countKey(scope)} ${period}` }),
    unchecked(isLetIn) {
      unchecked += 1;
      const now = clock.now();
      // An outage of the table concerns every request.
      if (now - toldAt < TELL_AGAIN_MS) return;
      count(LIMIT_METRICS.unchecked, { requests: String(unchecked), policy: isLetIn ? 'open' : 'closed' });
      [unchecked, toldAt] = [0, now];
    },
    unpriced: (model) => count(LIMIT_METRICS.unpriced, { model }),
  };
}
