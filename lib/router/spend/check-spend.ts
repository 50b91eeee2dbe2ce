import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ModelCatalog } from '../../catalog/resolve';
import { unpricedModels } from '../../catalog/unpriced';
import { type RouterConfig, SPEND_PERIODS, type SpendConfig } from '../../contract';
import { amountProblem, isTimeZone } from '../../contract/governance/spend-problems';
import { ValidationError } from '../../validation-error';
import type { FailoverRouterProps } from '../router-props';
import type { SpendLimits, SpendProps } from './spend-props';

/** Whether anything is counted at all. */
export const hasSpend = ({ spend, clients = [] }: Pick<FailoverRouterProps, 'spend' | 'clients'>): boolean =>
  spend !== undefined || clients.some((client) => client.spend !== undefined || client.operator === true);

export const spendConfig = ({ unknownPrice, tableDown, ...spend }: SpendProps): SpendConfig => ({
  ...spend,
  ...(unknownPrice && { unknownPrice: `${unknownPrice}` }),
  ...(tableDown && { tableDown: `${tableDown}` }),
});

/** Limits that would not hold, or could not be counted. */
export function checkSpend(
  scope: Construct,
  { spend = {}, clients = [] }: FailoverRouterProps,
  config: RouterConfig,
  catalog: ModelCatalog,
): void {
  const { perTeam, perUser, models = {}, timeZone, share, unknownPrice } = spend;
  check(scope, "'spend'", spend);
  check(scope, "'spend.perTeam'", perTeam);
  check(scope, "'spend.perUser'", perUser);
  for (const [model, limits] of Object.entries(models)) {
    check(scope, `'spend.models' of '${model}'`, limits);
    if (catalog.find(model) !== undefined) continue;
    const known = catalog.models.map(({ id }) => id).join(', ');
    throw new ValidationError(scope, `'spend.models': there is no model '${model}'; the models are ${known}`);
  }
  for (const { name, spend: own = {} } of clients) {
    check(scope, `'spend' of client '${name}'`, own);
    check(scope, `'spend.perUser' of client '${name}'`, own.perUser);
    for (const limits of Object.values(own.users ?? {})) check(scope, `'spend.users' of client '${name}'`, limits);
  }
  if (timeZone !== undefined && !Token.isUnresolved(timeZone) && !isTimeZone(timeZone)) {
    throw new ValidationError(
      scope,
      `'spend.timeZone' is '${timeZone}'; it must be IANA's name of a time zone, such as Europe/Berlin`,
    );
  }
  if (share !== undefined && !Token.isUnresolved(share) && !(Number.isInteger(share) && share >= 1 && share <= 100)) {
    throw new ValidationError(scope, `'spend.share' is ${share}; it must be a whole number of percent from 1 to 100`);
  }
  if (`${unknownPrice}` === 'free') return;
  const [unpriced] = unpricedModels(config, catalog);
  if (unpriced === undefined) return;
  throw new ValidationError(
    scope,
    `'${unpriced.model}' (${unpriced.at}) has no list price, so that nobody could say what it costs against 'spend'; ` +
      "give its 'prices' where its host takes them, take it out, or let it be free with 'unknownPrice: UnknownPrice.FREE'",
  );
}

function check(scope: Construct, what: string, limits: SpendLimits = {}): void {
  for (const period of SPEND_PERIODS) {
    const usd = limits[period];
    if (usd === undefined || Token.isUnresolved(usd) || (usd > 0 && usd <= 1e9)) continue;
    throw new ValidationError(scope, `${what}: '${period}' is ${usd}; it must be USD, above 0 and up to 1000000000`);
  }
  const problem = amountProblem(limits);
  if (problem !== undefined) throw new ValidationError(scope, `${what}: ${problem}`);
}
