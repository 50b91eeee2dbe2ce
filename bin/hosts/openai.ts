import * as v from 'valibot';
import { object, text, wholeNumber } from '../../lambda/schema/schema-parts';
import { Host } from '../../lib/hosts/host';
import { type ChainHostKind, providerKeys } from './chain-host';
import { otherHost, type OtherHost } from './other-host';

export interface OpenaiOtherHost extends OtherHost {
  readonly host: 'openai';
  /** How many keys share the load; each gets a secret. @default 1 */
  readonly keys?: number;
}

export interface OpenaiCompatibleOtherHost extends OtherHost {
  readonly host: 'openai-compatible';
  /** What `/chat/completions` is added to. */
  readonly baseUrl: string;
  /** How many keys share the load; each gets a secret. @default 0 */
  readonly keys?: number;
}

export const openai = {
  schema: object('api.openai.com', {
    host: v.literal('openai'),
    ...otherHost,
    keys: v.optional(wholeNumber(1, 20, 'keys that share the load; default 1')),
  }),
  create: ({ name = 'openai', servedIn, keys }, stack) =>
    Host.openai({ name, servedIn, prices: stack.prices, keys: providerKeys(stack, name, keys) }),
} satisfies ChainHostKind<OpenaiOtherHost>;

export const openaiCompatible = {
  schema: object("a server of OpenAI's Chat Completions", {
    host: v.literal('openai-compatible'),
    ...otherHost,
    baseUrl: text('what /chat/completions is added to'),
    keys: v.optional(wholeNumber(0, 20, 'keys that share the load; default 0')),
  }),
  create: ({ name = 'openai-compatible', servedIn, baseUrl, keys = 0 }, stack) =>
    Host.openaiCompatible({
      name,
      servedIn,
      prices: stack.prices,
      baseUrl,
      keys: keys === 0 ? undefined : providerKeys(stack, name, keys),
    }),
} satisfies ChainHostKind<OpenaiCompatibleOtherHost>;
