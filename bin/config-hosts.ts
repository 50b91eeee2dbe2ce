import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BedrockInferenceProfile } from '../lib/hosts/bedrock/bedrock-inference-profile';
import { BedrockProfile } from '../lib/hosts/bedrock/bedrock-profile';
import type {
  AnthropicChainHost,
  BedrockChainHost,
  ChainHost,
  FailoverConfig,
  FoundryChainHost,
  VertexChainHost,
} from '../lib/gateway/failover-config';
import { Host } from '../lib/hosts/host';
import { FoundryHosting } from '../lib/hosts/foundry/foundry-host-props';
import { ProviderKey } from '../lib/hosts/provider-key';
import { serviceAccountEmail } from '../lib/hosts/vertex/vertex-names';
import { member } from './member';

/** Hosts of the configured chain, with the secrets and profiles they need. Their ids follow their names, so that the order may change. */
export function configHosts(scope: Construct, config: FailoverConfig, removalPolicy: RemovalPolicy): Host[] {
  const keys = (name: string, count = 1): ProviderKey[] =>
    Array.from({ length: count }, (_, at) => new ProviderKey(scope, `Key-${name}-${at + 1}`, { removalPolicy }));

  const anthropic = ({ name = 'anthropic', endpoint, keys: count }: AnthropicChainHost): Host =>
    Host.anthropic({ name, endpoint, keys: keys(name, count) });

  const bedrock = ({ name, endpoint, region, profile = 'global', costTags }: BedrockChainHost): Host => {
    const shared = { region, profile: member(BedrockProfile, profile) };
    const id = name ?? [region, profile].filter((part) => part !== undefined).join('-');
    const inferenceProfiles =
      costTags &&
      config.models.map(
        (model) => new BedrockInferenceProfile(scope, `Profile-${id}-${model}`, { ...shared, model, tags: costTags }),
      );
    return Host.bedrock({ ...shared, name, endpoint, inferenceProfiles });
  };

  const vertex = ({ host: _, ...own }: VertexChainHost): Host => {
    const { google } = config;
    if (google === undefined) throw new Error('a Vertex host needs a Google project');
    const { projectId, projectNumber, poolId, providerId, serviceAccountId } = google;
    const serviceAccount = serviceAccountId && serviceAccountEmail(serviceAccountId, projectId);
    return Host.vertex({ projectId, projectNumber, poolId, providerId, serviceAccount, ...own });
  };

  const foundry = ({ name = 'foundry', endpoint, resource, hosting = 'anthropic' }: FoundryChainHost): Host =>
    Host.foundry({ name, endpoint, resource, hosting: member(FoundryHosting, hosting), keys: keys(name) });

  return config.chain.map((host: ChainHost): Host => {
    switch (host.host) {
      case 'anthropic':
        return anthropic(host);
      case 'bedrock':
        return bedrock(host);
      case 'vertex':
        return vertex(host);
      case 'foundry':
        return foundry(host);
      case 'claude-platform-aws':
        return Host.claudePlatformAws(host);
    }
  });
}
