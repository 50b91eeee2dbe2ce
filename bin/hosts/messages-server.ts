import * as v from 'valibot';
import { list, object, oneOf, pattern, text } from '../../lambda/schema/schema-parts';
import { FORMS, MESSAGES_AUTHS } from '../../lib/contract';
import { FEATURES, type NamedFeature } from '../../lib/contract/features';
import { MessagesAuth } from '../../lib/hosts/messages/messages-auth';
import type { MessagesHostProps } from '../../lib/hosts/messages/messages-host-props';
import type { IProviderKey } from '../../lib/hosts/provider-key';
import { type HostStack, providerKey, providerKeys } from './chain-host';

type AuthName = (typeof MESSAGES_AUTHS)[number];

/** A server that speaks Anthropic Messages, wherever it stands. */
export interface MessagesServer {
  /** What `/v1/messages` is added to. */
  readonly baseUrl: string;
  /** How it knows who asks; a key gets a secret, and a service of AWS is asked by the router's role. @default 'bearer' */
  readonly auth?: AuthName | { readonly service: string; readonly region: string };
  /** Names of further headers, such as `cf-aig-authorization`; each gets a secret. @default - none */
  readonly headers?: readonly string[];
  /** Features that it lacks. @default - in a chain none, in a last resort everything beyond plain messages */
  readonly lacks?: readonly NamedFeature[];
}

export const messagesServer = {
  baseUrl: text('what /v1/messages is added to'),
  auth: v.optional(
    v.union(
      [
        oneOf(MESSAGES_AUTHS, 'how it knows who asks'),
        object('a signature of AWS', { service: text('name in signatures'), region: pattern(...FORMS.awsRegion) }),
      ],
      `must be one of ${MESSAGES_AUTHS.join(', ')}, or {"service": "<name in signatures>", "region": "<region>"}; default bearer`,
    ),
  ),
  headers: v.optional(list(text('name of a header'), 'further headers, each with a secret')),
  lacks: v.optional(list(oneOf(FEATURES, 'feature'), 'features that it lacks', 0)),
};

const AUTHS: Readonly<Record<AuthName, (keys: () => IProviderKey[]) => MessagesAuth>> = {
  bearer: (keys) => MessagesAuth.bearer(keys()),
  'x-api-key': (keys) => MessagesAuth.apiKey(keys()),
  none: () => MessagesAuth.none(),
};

export function messagesProps(
  name: string,
  { baseUrl, auth = 'bearer', headers = [], lacks }: MessagesServer,
  stack: HostStack,
): MessagesHostProps {
  const secret = (header: string) => providerKey(stack, `${name}-${header.toLowerCase()}`);
  return {
    name,
    baseUrl,
    auth: typeof auth === 'string' ? AUTHS[auth](() => providerKeys(stack, name)) : MessagesAuth.signature(auth),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers.map((header) => [header, secret(header)])) }),
    lacks: lacks && [...lacks],
  };
}
