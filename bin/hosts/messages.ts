import * as v from 'valibot';
import { list, object, oneOf, text } from '../../lambda/schema/schema-parts';
import { MESSAGES_AUTHS } from '../../lib/contract';
import { FEATURES, type NamedFeature } from '../../lib/contract/features';
import { Host } from '../../lib/hosts/host';
import { MessagesAuth } from '../../lib/hosts/messages/messages-auth';
import type { IProviderKey } from '../../lib/hosts/provider-key';
import { type ChainHostKind, providerKeys } from './chain-host';
import { otherHost, type OtherHost } from './other-host';

type AuthName = (typeof MESSAGES_AUTHS)[number];

export interface MessagesOtherHost extends OtherHost {
  readonly host: 'messages';
  /** What `/v1/messages` is added to. */
  readonly baseUrl: string;
  /** How it knows who asks; a key gets a secret. @default 'bearer' */
  readonly auth?: AuthName;
  /** Features that it lacks. @default - everything beyond plain messages */
  readonly lacks?: readonly NamedFeature[];
}

const AUTHS: Readonly<Record<AuthName, (keys: () => IProviderKey[]) => MessagesAuth>> = {
  bearer: (keys) => MessagesAuth.bearer(keys()),
  'x-api-key': (keys) => MessagesAuth.apiKey(keys()),
  none: () => MessagesAuth.none(),
};

export const messages = {
  schema: object('a server that speaks Anthropic Messages', {
    host: v.literal('messages'),
    ...otherHost,
    baseUrl: text('what /v1/messages is added to'),
    auth: v.optional(oneOf(MESSAGES_AUTHS, 'how it knows who asks; default bearer')),
    lacks: v.optional(list(oneOf(FEATURES, 'feature'), 'features that it lacks', 0)),
  }),
  create: ({ name = 'messages', servedIn, baseUrl, auth = 'bearer', lacks }, stack) =>
    Host.messages({
      name,
      servedIn,
      baseUrl,
      auth: AUTHS[auth](() => providerKeys(stack, name)),
      lacks: lacks && [...lacks],
    }),
} satisfies ChainHostKind<MessagesOtherHost>;
