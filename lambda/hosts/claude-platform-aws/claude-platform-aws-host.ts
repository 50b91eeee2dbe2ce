import type { ClaudePlatformAwsHostConfig } from '../../../lib/contract';
import type { Host } from '../../engine/host';
import { awsCredentialSource } from '../../aws/aws-credentials';
import { abortable } from '../transport/abortable';
import { firstPartyBytes, firstPartyHeaders, PATHS } from '../first-party-request';
import type { HostDeps } from '../host-deps';
import { ANTHROPIC_FACTS } from '../anthropic/facts';
import { hostFacts } from '../host-facts';
import { createSigner } from '../../aws/sigv4';

/** Anthropic's own service behind AWS authentication. */
export function createClaudePlatformAwsHost(config: ClaudePlatformAwsHostConfig, deps: HostDeps): Host {
  const facts = hostFacts(config, deps, () => ANTHROPIC_FACTS);
  const origin = deps.transport.origin(config.endpoint ?? `https://aws-external-anthropic.${config.region}.api.aws`);
  const credentials = awsCredentialSource(deps.env);
  const sign = createSigner('aws-external-anthropic', config.region, credentials, deps.clock);
  return {
    ...facts,
    refreshCredential: () => credentials.refresh(),
    open: async (call, signal) => {
      const headers = firstPartyHeaders(call.headers);
      headers['anthropic-workspace-id'] = config.workspaceId;
      const body = firstPartyBytes(call, facts.modelId(call.model) ?? call.model);
      const request = { method: 'POST', path: PATHS[call.endpoint], headers, body };
      const signed = await abortable(sign(request, origin), signal, 'signing');
      return { ...(await origin.send(signed, signal)), dropped: [] };
    },
  };
}
