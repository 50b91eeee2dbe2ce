import { Duration, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { CanaryOptions, HostQuotaProps } from './canary-options';
import { type CanarySettings, kindOf, type RouterConfig } from '../../contract';
import { ValidationError } from '../../validation-error';
import { wholeMinutes } from './whole-minutes';

/** 4 USD in a month of 31 days. */
const DAILY_ALLOWANCE_USD = 0.129;

/** What the canary is told, checked. */
export function canarySettings(scope: Construct, options: CanaryOptions, config: RouterConfig): CanarySettings {
  const { interval = Duration.minutes(1), dailyBudgetUsd = DAILY_ALLOWANCE_USD, quotas = [] } = options;
  const intervalMinutes = wholeMinutes(scope, 'interval', interval);
  if (!Token.isUnresolved(dailyBudgetUsd) && !(dailyBudgetUsd >= 0 && dailyBudgetUsd < Infinity)) {
    throw new ValidationError(
      scope,
      `'dailyBudgetUsd' must be 0 or more, got ${dailyBudgetUsd}; 0 leaves the checks that cost nothing`,
    );
  }
  for (const [index, quota] of quotas.entries()) checkQuota(scope, `quotas[${index}]`, quota, config);
  const { openaiDoor = false } = options;
  return { intervalMinutes, dailyBudgetUsd, quotas, ...(openaiDoor && { openaiDoor }) };
}

function checkQuota(scope: Construct, at: string, quota: HostQuotaProps, { hosts }: RouterConfig): void {
  const { host: name, tokensPerMinute, requestsPerMinute, tokensQuotaCode, requestsQuotaCode } = quota;
  const host = hosts.find((each) => each.name === name);
  if (host === undefined) {
    const names = hosts.map((each) => each.name).join(', ');
    throw new ValidationError(scope, `'${at}.host': there is no host '${name}'; the hosts are ${names}`);
  }
  const figures = { tokensPerMinute, requestsPerMinute };
  const codes = { tokensQuotaCode, requestsQuotaCode };
  if ([...Object.values(figures), ...Object.values(codes)].every((value) => value === undefined)) {
    throw new ValidationError(
      scope,
      `'${at}' says nothing of host '${name}'; give tokens or requests a minute, or a quota code`,
    );
  }
  for (const [field, value] of Object.entries(figures)) {
    if (value === undefined || Token.isUnresolved(value) || value > 0) continue;
    throw new ValidationError(scope, `'${at}.${field}' must be more than 0, got ${value}`);
  }
  const coded = Object.entries(codes).find(([, code]) => code !== undefined)?.[0];
  if (coded !== undefined && !kindOf(host).hasServiceQuotas) {
    throw new ValidationError(
      scope,
      `'${at}.${coded}': host '${name}' is not on Bedrock, so that Service Quotas has none of it; give the figure itself`,
    );
  }
}
