import type { SpendPeriod } from '../../../../lib/contract';
import { centsOf } from '../../../engine/allowance/money';
import type { Windows } from '../../../engine/allowance/window';
import type { JsonObject } from '../../../engine/json';
import type { Counted } from '../table/books';
import type { Limits } from '../limits/limits';
import { countKey, type Scope, scopeOf } from '../limits/scope';
import { limitId, wireScope } from './forms';

/** Everybody who has a limit: whom the configuration or an operator names, and the users who have spent something. */
export function members(limits: Limits, counted: readonly Counted[]): Scope[] {
  const named = [...limits.named(), ...limits.stored.flatMap(({ scope }) => scopeOf(scope) ?? [])];
  const seen = counted.flatMap(({ scope }) => scopeOf(scope) ?? []);
  // A user by the name, where it is known, and not once more by the digest.
  return [...new Map([...seen, ...named].map((scope) => [countKey(scope), scope])).values()];
}

/** What is left of each limit of a member: the least of those that hold, and what is spent since its window began. */
export function effective(
  scope: Scope,
  periods: readonly SpendPeriod[],
  { limits, counted, windows, now }: { limits: Limits; counted: readonly Counted[]; windows: Windows; now: number },
): JsonObject[] {
  return limits.ofScope(scope).flatMap(({ period, micros }): JsonObject[] => {
    if (!periods.includes(period)) return [];
    const window = `${period} ${windows.of(period, now).name}`;
    const spent = counted.find((each) => each.scope === countKey(scope) && each.window === window)?.spent ?? 0;
    const stored = limits.storedFor(scope, period);
    const configured = limits.configured(scope, period);
    const isConfigured = configured !== undefined && Math.round(configured.usd * 1e6) === micros;
    return [
      {
        actor: actorOf(scope),
        scope: wireScope(scope),
        source: isConfigured ? sourceOf(scope, configured.source) : wireScope(scope),
        spend_limit_id: isConfigured
          ? limitId('config', configured.scope, period)
          : limitId('wire', scopeOf(stored!.scope)!, period),
        amount: centsOf(micros),
        currency: 'USD',
        period,
        period_to_date_spend: centsOf(spent),
      },
    ];
  });
}

/** Nobody but users are users: a team is known by its key. */
function actorOf(scope: Scope): JsonObject {
  if (scope.type === 'user') {
    const user_id = `${scope.team}/${scope.user}`;
    return { type: 'user_actor', user_id, name: null, email_address: null, deleted: false };
  }
  const id = scope.type === 'gateway' ? 'gateway' : scope.type === 'team' ? scope.team : scope.model;
  return { type: 'scoped_api_key_actor', scoped_api_key_id: id };
}

/** Whose limit it is, where the member has none of its own. */
function sourceOf(scope: Scope, source: 'gateway' | 'team' | 'user' | 'model'): JsonObject {
  if (source === 'gateway') return wireScope({ type: 'gateway' });
  if (source === 'team' && scope.type === 'user') return wireScope({ type: 'team', team: scope.team });
  return wireScope(scope);
}
