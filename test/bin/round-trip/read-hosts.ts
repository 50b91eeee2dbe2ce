import type { HostConfig } from '../../../lib/contract';
import type { ChainHost } from '../../../bin/hosts/chain-hosts';
import { textOf, type Resource } from './read-template';

type Tags = Readonly<Record<string, string>>;
type TagList = readonly { readonly [field: string]: string }[];

/** A host of the chain, as the router is told of it. */
export function readHost(host: HostConfig, resourcesOf: (type: string) => readonly Resource[]): ChainHost {
  const { name, endpoint } = host;
  const named = { name, ...(endpoint !== undefined && { endpoint }) };
  switch (host.kind) {
    case 'anthropic':
      return { host: host.kind, ...named, keys: new Set(host.keys.map((key) => JSON.stringify(key))).size };
    case 'bedrock': {
      const { kind, region, profile, models = {} } = host;
      const costTags = costTagsOf(Object.values(models), resourcesOf);
      return { host: kind, ...named, region, ...(profile && { profile }), ...(costTags && { costTags }) };
    }
    case 'vertex':
      return { host: host.kind, ...named, location: host.location, ...(host.models && { modelIds: host.models }) };
    case 'foundry':
      return { host: host.kind, ...named, resource: host.resource, ...(host.hosting && { hosting: host.hosting }) };
    case 'claude-platform-aws':
      return { host: host.kind, ...named, region: host.region, workspaceId: host.workspaceId };
    case 'messages': {
      const { kind, endpoint: baseUrl, auth = 'bearer', models = {}, headers, lacks } = host;
      return {
        host: kind,
        name,
        baseUrl,
        models,
        auth: typeof auth === 'string' ? auth : { service: auth.sigv4, region: auth.region },
        ...(headers && { headers: Object.keys(headers) }),
        ...(lacks && { lacks }),
      };
    }
    default:
      throw new Error(`no chain of failover.config.ts can have a host of kind ${host.kind}`);
  }
}

/** Tags of the profiles by which the models are called, in whichever region they are. */
function costTagsOf(ids: readonly string[], resourcesOf: (type: string) => readonly Resource[]): Tags | undefined {
  const near = resourcesOf('AWS::Bedrock::ApplicationInferenceProfile').map(({ id, Properties }) => ({
    id,
    tags: (Properties['Tags'] as TagList).map(({ Key = '', Value = '' }) => [Key, Value] as const),
  }));
  const far = resourcesOf('Custom::BedrockInferenceProfile').map(({ id, Properties }) => {
    const { parameters } = JSON.parse(textOf(Properties['Create'])) as {
      readonly parameters: { readonly tags: TagList };
    };
    return { id, tags: parameters.tags.map(({ key = '', value = '' }) => [key, value] as const) };
  });
  const called = [...near, ...far].filter(({ id }) => ids.includes(id));
  if (called.length === 0) return undefined;
  const own = 'cdk-claude-failover:stack';
  return Object.fromEntries(called.flatMap(({ tags }) => tags.filter(([key]) => key !== own)));
}
