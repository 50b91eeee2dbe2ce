import { version } from '../../package.json';
import { MODELS } from '../../lib/catalog/models';
import type { HostCall } from '../engine/host';
import type { Headers } from '../engine/headers';
import { setTopLevelField } from './splice-json';

/** Paths of Anthropic's own wire, which several hosts speak. */
export const PATHS: Readonly<Record<HostCall['endpoint'], string>> = {
  messages: '/v1/messages',
  count_tokens: '/v1/messages/count_tokens',
};

export const USER_AGENT = `cdk-claude-failover/${version}`;

/** Of the client's headers only what Anthropic's API reads; a credential is never among them. */
export function firstPartyHeaders(client: Headers): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': client['content-type'] ?? 'application/json',
    accept: client['accept'] ?? 'application/json',
    'user-agent': USER_AGENT,
  };
  for (const name in client) {
    if (name.startsWith('anthropic-')) headers[name] = client[name] ?? '';
  }
  return headers;
}

/** The client's own bytes, but for a model name that is only ours and for the way the answer is read. */
export function firstPartyBytes(call: HostCall, modelId: string): Uint8Array {
  let { bytes } = call;
  const { model, stream } = call.body;
  if (model !== modelId && !isAnthropicsAlias(model, modelId)) bytes = setTopLevelField(bytes, 'model', modelId, true);
  if (call.endpoint === 'messages' && (stream ?? false) !== call.stream) {
    bytes = setTopLevelField(bytes, 'stream', call.stream, stream !== undefined);
  }
  return bytes;
}

function isAnthropicsAlias(name: unknown, id: string): boolean {
  return MODELS.some((model) => model.id === id && model.aliases.some((alias) => alias === name));
}
