import type { BedrockHostConfig } from '../../../lib/contract';
import type { Host, HostCall } from '../../engine/host';
import { awsCredentialSource } from '../../aws/aws-credentials';
import { abortable } from '../transport/abortable';
import type { HostDeps } from '../host-deps';
import { hostFacts } from '../host-facts';
import type { Door } from './door';
import { bedrockFacts } from './facts';
import { once } from '../lazy-host';

/** Amazon Bedrock: the native Messages door for the models that have it, InvokeModel for the others. */
export function createBedrockHost(config: BedrockHostConfig, deps: HostDeps): Host {
  const facts = hostFacts(config, deps, (model) => bedrockFacts(config, !deps.models.find(model)?.bedrockMessages));
  const host = { config, deps, facts, credentials: awsCredentialSource(deps.env) };
  const messages = once(async () => (await import('./messages-door')).createMessagesDoor(host), config.name);
  const invoke = once(async () => (await import('./invoke-door')).createInvokeDoor(host), config.name);

  const hasMessages = (model: string): boolean => {
    if (config.door !== undefined && config.door !== 'auto') return config.door === 'messages';
    // Whether the native door takes an application profile's ARN is not documented; InvokeModel does.
    const isArn = facts.modelId(model)?.startsWith('arn:') ?? false;
    return !isArn && (deps.models.find(model)?.bedrockMessages ?? false);
  };
  const doorFor = (call: HostCall): (() => Promise<Door>) =>
    call.endpoint === 'messages' && hasMessages(call.model) ? messages : invoke;
  return {
    ...facts,
    refreshCredential: () => host.credentials.refresh(),
    open: async (call, signal) => {
      const door = await abortable(doorFor(call)(), signal, `loading host ${config.name}`);
      return door(call, signal);
    },
  };
}
