import type { SpendPeriod } from '../../../lib/contract';
import { scopeText } from './limit-scope';
import { all, type SpendLimits } from './operator-access';

/** Whose limit, in the wire's words, and after which time it starts anew. */
export interface LimitPlace {
  readonly scope: object;
  readonly period: SpendPeriod;
}

/** Says what has become of it. */
export async function setLimit(limits: SpendLimits, { scope, period }: LimitPlace, cents: string): Promise<string> {
  // A model is a scope of this gateway's own, which the SDK does not know.
  const made = await limits.set({ amount: cents, scope: scope as never, period });
  return `${scopeText(made.scope)}: ${usd(made.amount)} ${made.period}; routers see it within seconds`;
}

/** Only what an operator has set can be taken away here. */
export async function removeLimit(limits: SpendLimits, { scope, period }: LimitPlace): Promise<string> {
  const whose = scopeText(scope);
  const found = (await all(limits.list({ limit: 1000 }))).filter(
    (limit) => scopeText(limit.scope) === whose && limit.period === period,
  );
  const own = found.find(({ created_at }) => Date.parse(created_at) !== 0);
  if (own === undefined) {
    const why = found.length > 0 ? 'but that of the configuration, which is taken out there' : 'at all';
    throw new Error(`${whose} has no ${period} limit ${why}`);
  }
  await limits.delete(own.id);
  return `${whose}: no ${period} limit of an operator any more; routers see it within seconds`;
}

/** Of cents, as the wire has them. */
export const usd = (amount: string | null): string =>
  amount === null ? 'no limit' : `${(Number(amount) / 100).toFixed(2)} USD`;
