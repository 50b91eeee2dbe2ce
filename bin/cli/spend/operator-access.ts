import Anthropic from '@anthropic-ai/sdk';
import type { StackDescription } from '../../../lib/contract';
import { findStack, type StackOptions } from '../find-stack';

export const OPERATOR_KEY = 'CLAUDE_FAILOVER_OPERATOR_KEY';

/**
 * Spend limits of a gateway, through the gateway itself: so there is one place that checks what is set and says by whom, and what stands
 * in the configuration is seen beside it.
 */
export async function openSpendLimits(options: StackOptions) {
  const { stack } = await findStack(options);
  return spendLimitsOf(stack);
}

export type SpendLimits = ReturnType<typeof spendLimitsOf>['limits'];

export function spendLimitsOf({ url }: StackDescription) {
  const key = process.env[OPERATOR_KEY];
  if (!key)
    throw new Error(
      `no key to see spend limits with; set ${OPERATOR_KEY} to the gateway key of a team with "operator": true`,
    );
  const { beta, organization } = new Anthropic({ baseURL: url, authToken: key, apiKey: null, maxRetries: 1 });
  return { limits: beta.organization.spendLimits, effective: organization.spendLimits.effective };
}

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}
