import type { BedrockHostConfig } from '../../../lib/contract';
import type { Host, HostCall } from '../../engine/host';
import { awsCredentialSource } from '../../aws/aws-credentials';
import { abortable } from '../transport/abortable';
import type { HostDeps } from '../host-deps';
import { hostFacts } from '../host-facts';
import type { Door } from './door';
import { bedrockFacts } from './facts';
import { modelIds } from './model-ids';
import { once } from '../lazy-host';

/** A door that gets the model is found again within the hour. */
const ASK_AGAIN_MS = 3_600_000;

/** Amazon Bedrock: the native Messages door for the models that have it, InvokeModel for the others. */
export function createBedrockHost(config: BedrockHostConfig, deps: HostDeps): Host {
  const facts = hostFacts(config, deps, (model) => bedrockFacts(config, !deps.models.find(model)?.bedrockMessages));
  const ownId = modelIds(config, deps);
  const modelId = (call: HostCall): string | undefined => ownId(call) ?? facts.modelId(call.model);
  const host = { config, deps, facts, modelId, credentials: awsCredentialSource(deps.env) };
  const messages = once(async () => (await import('./messages-door')).createMessagesDoor(host), config.name);
  const invoke = once(async () => (await import('./invoke-door')).createInvokeDoor(host), config.name);

  const isAuto = config.door === undefined || config.door === 'auto';
  /** Models that the native door was found not to have, until it is asked again. */
  const withoutMessages = new Map<string, number>();

  const hasMessages = (call: HostCall): boolean => {
    const { model } = call;
    if (!isAuto) return config.door === 'messages';
    if (deps.clock.now() < (withoutMessages.get(model) ?? 0)) return false;
    // Whether the native door takes an application profile's ARN is not documented; InvokeModel does.
    const isArn = modelId(call)?.startsWith('arn:') ?? false;
    return !isArn && (deps.models.find(model)?.bedrockMessages ?? false);
  };
  const loaded = (load: () => Promise<Door>, signal: AbortSignal): Promise<Door> =>
    abortable(load(), signal, `loading host ${config.name}`);
  const doorFor = (call: HostCall): (() => Promise<Door>) =>
    call.endpoint === 'messages' && hasMessages(call) ? messages : invoke;
  return {
    ...facts,
    refreshCredential: () => host.credentials.refresh(),
    open: async (call, signal) => {
      const load = doorFor(call);
      const answer = await (await loaded(load, signal))(call, signal);
      if (answer.status !== 404 || load !== messages || !isAuto) return answer;
      // A region gets the native door later than the model; the older one may have it.
      const other = await (await loaded(invoke, signal))(call, signal);
      // Anything else may be what one request asks for: a file that is not there, a field that this door does not know.
      if (other.status === 200) withoutMessages.set(call.model, deps.clock.now() + ASK_AGAIN_MS);
      await answer.body[Symbol.asyncIterator]().return?.();
      return other;
    },
  };
}
