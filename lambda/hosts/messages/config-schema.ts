import * as v from 'valibot';
import { type MessagesHostConfig, MESSAGES_AUTHS } from '../../../lib/contract';
import { FEATURES } from '../../../lib/contract/features';
import { isPrivateServer } from '../../../lib/contract/hosts/private-server';
import { http, list, object, oneOf, text } from '../../schema/schema-parts';
import { type HostSchema, key, keys, region } from '../host-schema';
import { otherHostEntries } from '../other/host-entries';

export const messagesSchema = {
  config: object('a server that speaks Anthropic Messages', {
    ...otherHostEntries,
    kind: v.literal('messages'),
    endpoint: http('what /v1/messages is added to'),
    auth: v.optional(
      v.union(
        [oneOf(MESSAGES_AUTHS, 'auth'), object('a signature of AWS', { sigv4: text('service'), region })],
        `must be one of ${MESSAGES_AUTHS.join(', ')}, or {"sigv4": "<service>", "region": "<region>"}; default bearer`,
      ),
    ),
    keys: v.optional(keys),
    headers: v.optional(v.record(v.string(), key, 'must be an object from header to where its secret is kept')),
    lacks: v.optional(
      list(oneOf(FEATURES, 'feature'), 'what it lacks; default all that goes beyond plain messages', 0),
    ),
  }),
  problem: ({ endpoint, auth = 'bearer', keys: own }: MessagesHostConfig) => {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === 'http:' && !isPrivateServer(hostname)) {
      return ['endpoint', 'plain http only to this machine or a private network; use https'] as const;
    }
    const needsKeys = auth === 'bearer' || auth === 'x-api-key';
    if (needsKeys === (own !== undefined)) return undefined;
    return [
      'keys',
      needsKeys ? `missing; "auth" is ${auth}, or set it to "none"` : '"auth" uses none; take them out',
    ] as const;
  },
} satisfies HostSchema<MessagesHostConfig>;
