import * as v from 'valibot';
import { object, oneOf, pattern, text } from '../../lambda/schema/schema-parts';
import { FORMS } from '../../lib/contract';
import { Host } from '../../lib/hosts/host';
import type { ChainHostKind, NamedHost } from './chain-host';
import { messagesProps, messagesServer, type MessagesServer } from './messages-server';
import { GEOGRAPHIES, otherHost, type OtherHost } from './other-host';

export interface MessagesOtherHost extends OtherHost, MessagesServer {
  readonly host: 'messages';
}

export const messages = {
  schema: object('a server that speaks Anthropic Messages', {
    host: v.literal('messages'),
    ...otherHost,
    ...messagesServer,
  }),
  create: ({ name = 'messages', servedIn, ...server }, stack) =>
    Host.messages({ ...messagesProps(name, server, stack), servedIn, prices: stack.prices }),
} satisfies ChainHostKind<MessagesOtherHost>;

/** One that leads to Claude: a gateway, or a second one such as this. */
export interface MessagesChainHost extends Pick<NamedHost, 'name'>, MessagesServer {
  readonly host: 'messages';
  /** What it calls the models that it has; the others pass it by. */
  readonly models: Readonly<Record<string, string>>;
  /** Geography in which its requests are served, for which you vouch. @default - anywhere */
  readonly servedIn?: (typeof GEOGRAPHIES)[number];
}

export const claudeMessages = {
  schema: object('a server of Anthropic Messages that leads to Claude', {
    host: v.literal('messages'),
    name: v.optional(pattern(...FORMS.hostName)),
    ...messagesServer,
    models: v.pipe(
      v.record(v.string(), text("the model's id there"), 'must be an object from model to its id there'),
      v.minEntries(
        1,
        'must have the id of one model at least: what the server calls it, such as "anthropic/claude-opus-5.5"',
      ),
    ),
    servedIn: v.optional(oneOf(GEOGRAPHIES, 'where its requests are served; default anywhere')),
  }),
  create: ({ name = 'messages', servedIn, models, lacks = [], ...server }, stack) =>
    Host.messages({ ...messagesProps(name, { ...server, lacks }, stack), servedIn, modelIds: { ...models } }),
} satisfies ChainHostKind<MessagesChainHost>;
