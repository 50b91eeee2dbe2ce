import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ClientPolicy, RouterConfig } from '../../contract';
import { GEOGRAPHIES } from '../../contract/governance/policy';
import type { ModelCatalog } from '../../catalog/resolve';
import type { HostBinding } from '../../hosts/host-binding';
import { ValidationError } from '../../validation-error';
import type { ClientPolicyProps } from './client-policy';
import { guardrailConfig } from './guardrail';

/** As the router reads it. */
export function policyConfig(scope: Construct, client: string, policy: ClientPolicyProps): ClientPolicy {
  const { geographies, effort, maxTokens, guardrail, ...same } = policy;
  if (maxTokens !== undefined && !Token.isUnresolved(maxTokens) && !(Number.isInteger(maxTokens) && maxTokens >= 1)) {
    throw new ValidationError(
      scope,
      `client '${client}': 'policy.maxTokens' is ${maxTokens}; it must be a whole number from 1`,
    );
  }
  const wrong = policy.mcpServers?.find((name) => !Token.isUnresolved(name) && !SERVER.test(name));
  if (wrong !== undefined) {
    throw new ValidationError(
      scope,
      `client '${client}': 'policy.mcpServers' has '${wrong}'; it must be the name of a server, such as mcp.example.com or *.example.com`,
    );
  }
  return {
    ...same,
    maxTokens,
    guardrail: guardrail && guardrailConfig(scope, `client '${client}': 'policy.guardrail`, guardrail),
    effort: effort && `${effort}`,
    geographies: geographies?.map(({ name }) => {
      const found = GEOGRAPHIES.find((each) => each === name.toLowerCase());
      if (found !== undefined) return found;
      throw new ValidationError(
        scope,
        `client '${client}': 'policy.geographies' has Residency.${name}, which is no limit; leave 'geographies' out`,
      );
    }),
  };
}
const SERVER = /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?$/i;

/** Names in policies that stand for nothing, and teams to whom no host is left. */
export function checkPolicies(
  scope: Construct,
  { clients = [], routes, guardrail }: RouterConfig,
  hosts: readonly HostBinding[],
  catalog: ModelCatalog,
): void {
  const names = hosts.map(({ config }) => config.name);
  const others = routes.flatMap(({ lastResort = [] }) => lastResort.map(({ model }) => model));
  const models = [...catalog.models.flatMap(({ id, aliases }) => [id, ...aliases]), ...others];
  if (guardrail?.output && routes.some(({ commit }) => commit !== 'complete')) {
    throw new ValidationError(
      scope,
      `'guardrail.output' needs every route to commit the complete answer; set 'commit' to Commit.COMPLETE`,
    );
  }
  for (const { name, policy = {} } of clients) {
    const fail = (text: string): never => {
      throw new ValidationError(scope, `client '${name}': 'policy.${text}`);
    };
    const early = routes.find((route) => route.commit !== 'complete' && (route.clients?.includes(name) ?? true));
    if (policy.guardrail?.output && early) {
      fail(
        `guardrail.output' needs every route of the client to commit the complete answer; set 'commit' to Commit.COMPLETE`,
      );
    }
    const host = policy.hosts?.find((each) => !names.includes(each));
    if (host !== undefined) fail(`hosts': there is no host '${host}'; the hosts are ${names.join(', ')}`);
    const model = policy.models?.find((each) => !models.some((known) => matches(each, known)));
    if (model !== undefined) fail(`models': there is no model '${model}'; the models are ${models.join(', ')}`);
    const { geographies } = policy;
    if (geographies === undefined) continue;
    const left = hosts.filter(
      ({ config, places }) =>
        (policy.hosts?.includes(config.name) ?? true) &&
        places.every((place) => Token.isUnresolved(place) || geographies.some((each) => each === place)),
    );
    if (left.length > 0) continue;
    const found = hosts.map(({ config, places }) => `${config.name} (${places.join(', ')})`).join(', ');
    fail(
      `geographies' ${geographies.join(', ')} leaves the client no host; the hosts serve in: ${found}. Add one that serves there and nowhere else`,
    );
  }
}

const matches = (name: string, known: string): boolean =>
  name.endsWith('*') ? known.startsWith(name.slice(0, -1)) : name === known;
