import type { MessagesHostConfig } from '../../../lib/contract';
import { FEATURES } from '../../../lib/contract/features';
import { awsCredentialSource } from '../../aws/aws-credentials';
import { createSigner } from '../../aws/sigv4';
import type { HostCall } from '../../engine/host';
import { requestedBetas } from '../../wire/anthropic/request/betas';
import { requiredFeatures } from '../../wire/anthropic/request/features';
import type { MessagesBody } from '../../wire/anthropic/request/message-request';
import { firstPartyBytes, firstPartyHeaders, PATHS, USER_AGENT } from '../first-party-request';
import type { HostDeps } from '../host-deps';
import { createKeyStore, type KeyStore } from '../key-store';
import type { OtherHost } from '../other/create-adapter';
import { abortable } from '../transport/abortable';
import { via } from '../transport/via';
import { plainBody } from './plain-body';
import { repaired } from './repaired-answer';

/** All that every server of this wire knows. */
const VERSION = '2023-06-01';

/** What is said to a server that lacks it in another way. */
const CARRIED: ReadonlySet<string> = new Set(['mid_conversation_system', 'tool_reference']);

/** A server that speaks Anthropic Messages. */
export function createMessagesHost(config: MessagesHostConfig, deps: HostDeps, keys: KeyStore): OtherHost {
  const { auth = 'bearer' } = config;
  const origin = deps.transport.origin(config.endpoint);
  const credentials = awsCredentialSource(deps.env);
  const sign = typeof auth === 'object' ? createSigner(auth.sigv4, auth.region, credentials, deps.clock) : undefined;
  const secrets = Object.entries(config.headers ?? {}).map(
    ([name, source]) => [name.toLowerCase(), createKeyStore(config.name, [source], deps.env)] as const,
  );
  const lacks: readonly string[] = config.lacks ?? FEATURES;
  const isWhole = lacks.length === 0;

  const credential = async (key: string | undefined): Promise<Record<string, string>> => {
    const headers: Record<string, string> = {};
    if (auth === 'x-api-key') headers['x-api-key'] = await keys.read(key);
    if (auth === 'bearer') headers['authorization'] = `Bearer ${await keys.read(key)}`;
    for (const [name, secret] of secrets) headers[name] = await secret.read(undefined);
    return headers;
  };

  return {
    lost: (body) => {
      const feature = requiredFeatures(body as MessagesBody, {}).find(
        (each) => lacks.includes(each) && !CARRIED.has(each),
      );
      return feature && `lacks-${feature}`;
    },
    refreshCredential: async (key) => {
      const renewed = await Promise.all([
        ...secrets.map(([, secret]) => secret.refresh(undefined)),
        ...(sign ? [credentials.refresh()] : auth === 'none' ? [] : [keys.refresh(key)]),
      ]);
      return renewed.includes(true);
    },
    open: async (call, signal) => {
      const model = deps.models.on(call.model, config) ?? call.model;
      const { headers, body, dropped } = isWhole ? asItCame(call, model) : plainRequest(call, model, lacks);
      const own = await abortable(credential(call.key), signal, 'reading the key');
      const request = {
        method: 'POST',
        path: PATHS[call.endpoint],
        headers: { ...headers, via: via(call, deps), ...own },
        body,
      };
      const sent = sign ? await abortable(sign(request, origin), signal, 'signing') : request;
      const answer = await origin.send(sent, signal);
      return { ...(isWhole || answer.status !== 200 ? answer : repaired(answer)), dropped };
    },
  };
}

const asItCame = (call: HostCall, model: string) => ({
  headers: firstPartyHeaders(call.headers),
  body: firstPartyBytes(call, model),
  dropped: [],
});

function plainRequest(call: HostCall, model: string, lacks: readonly string[]) {
  const { fields, dropped } = plainBody(call.body, lacks);
  const stream = call.endpoint === 'messages' && { stream: call.stream };
  return {
    headers: {
      'content-type': 'application/json',
      accept: call.stream ? 'text/event-stream' : 'application/json',
      'user-agent': USER_AGENT,
      'anthropic-version': VERSION,
    },
    body: Buffer.from(JSON.stringify({ ...fields, model, ...stream })),
    dropped: [...dropped, ...requestedBetas(call.headers)],
  };
}
