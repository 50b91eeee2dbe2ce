import * as v from 'valibot';
import { object, wholeNumber } from '../../lambda/schema/schema-parts';
import { Host } from '../../lib/hosts/host';
import { type ChainHostKind, namedHost, type NamedHost, providerKeys } from './chain-host';

export interface AnthropicChainHost extends NamedHost {
  readonly host: 'anthropic';
  /** How many keys share the load; each gets a secret. @default 1 */
  readonly keys?: number;
}

export const anthropic = {
  schema: object('api.anthropic.com', {
    host: v.literal('anthropic'),
    ...namedHost,
    keys: v.optional(wholeNumber(1, 20, 'keys that share the load; default 1')),
  }),
  create: ({ name = 'anthropic', endpoint, keys }, stack) =>
    Host.anthropic({ name, endpoint, keys: providerKeys(stack, name, keys) }),
} satisfies ChainHostKind<AnthropicChainHost>;
