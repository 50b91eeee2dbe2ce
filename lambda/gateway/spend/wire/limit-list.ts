import { SPEND_PERIODS, type SpendPeriod, type StoredSpendLimit } from '../../../../lib/contract';
import type { JsonObject } from '../../../engine/json';
import type { Limits } from '../limits/limits';
import { type Scope, scopeOf } from '../limits/scope';
import { limitId, wireScope } from './forms';

/** A limit as the wire has it, and what it is of. */
export interface ListedLimit {
  readonly scope: Scope;
  readonly period: SpendPeriod;
  readonly stored: StoredSpendLimit | undefined;
  readonly json: JsonObject;
}

/** Those of the configuration first, then what operators have set. */
export function listLimits(limits: Limits): ListedLimit[] {
  const configured = limits.configuredScopes().flatMap(({ scope, amounts }) =>
    SPEND_PERIODS.flatMap((period): ListedLimit[] => {
      const usd = amounts[period];
      if (usd === undefined) return [];
      const id = limitId('config', scope, period);
      return [{ scope, period, stored: undefined, json: json(id, scope, period, String(Math.round(usd * 100)), 0, 0) }];
    }),
  );
  return [...configured, ...limits.stored.flatMap((each) => listed(each) ?? [])];
}

export function listed(stored: StoredSpendLimit): ListedLimit | undefined {
  const { scope: key, period, cents, createdAt, updatedAt } = stored;
  const scope = scopeOf(key);
  if (scope === undefined) return undefined;
  const amount = cents === undefined ? null : String(cents);
  return {
    scope,
    period,
    stored,
    json: json(limitId('wire', scope, period), scope, period, amount, createdAt, updatedAt),
  };
}

function json(
  id: string,
  scope: Scope,
  period: SpendPeriod,
  amount: string | null,
  createdAt: number,
  updatedAt: number,
): JsonObject {
  return {
    id,
    type: 'spend_limit',
    amount,
    currency: 'USD',
    period,
    scope: wireScope(scope),
    is_enabled: true,
    created_at: new Date(createdAt).toISOString(),
    updated_at: new Date(updatedAt).toISOString(),
  };
}
