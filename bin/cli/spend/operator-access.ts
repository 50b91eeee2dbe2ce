import Anthropic from '@anthropic-ai/sdk';
import { findStack, type StackOptions } from '../find-stack';

const KEY = 'CLAUDE_FAILOVER_OPERATOR_KEY';

/**
 * Spend limits of a gateway, through the gateway itself: so there is one place that checks what is set and says by whom, and what stands
 * in the configuration is seen beside it.
 */
export async function openSpendLimits(options: StackOptions) {
  const { stack } = await findStack(options);
  const key = process.env[KEY];
  if (!key)
    throw new Error(`no key to see spend limits with; set ${KEY} to the gateway key of a team with "operator": true`);
  const { beta, organization } = new Anthropic({ baseURL: stack.url, authToken: key, apiKey: null, maxRetries: 1 });
  return { limits: beta.organization.spendLimits, effective: organization.spendLimits.effective };
}

export async function all<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const each of pages) found.push(each);
  return found;
}
