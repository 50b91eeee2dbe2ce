import { parseConfig } from '../../../lambda/gateway/config/config';
import { hostPlaces } from '../../../lambda/gateway/policy/host-places';
import type { HostConfig } from '../../../lib/contract';

const HOSTS = [
  { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] },
  { name: 'eu', kind: 'bedrock', region: 'eu-central-1', profile: 'eu' },
];
const read = (policy: object) =>
  parseConfig(
    JSON.stringify({
      hosts: HOSTS,
      models: ['claude-opus-5-5', 'claude-haiku-4-5'],
      routes: [{ chain: ['anthropic', 'eu'] }],
      clients: [{ name: 'web', policy }],
    }),
  );

it('a policy of names that there are is taken', () => {
  const policy = { models: ['claude-haiku-4-5', 'claude-opus-*'], hosts: ['eu'], geographies: ['eu'] };
  expect(read(policy).clients?.[0]?.policy).toEqual(policy);
});

it.each([
  [{ models: ['claude-haiku-4'] }, 'clients[0].policy.models[0]: there is no model "claude-haiku-4"; did you mean'],
  [{ models: ['gpt-*'] }, 'clients[0].policy.models: no model begins as "gpt-*"; the models are claude-opus-5-5'],
  [{ hosts: ['ue'] }, 'clients[0].policy.hosts[0]: there is no host "ue"; did you mean "eu"?'],
  [{ geographies: ['jp'] }, 'clients[0].policy.geographies: no host that this client may use serves in jp and nowhere'],
  [{ hosts: ['anthropic'], geographies: ['eu'] }, 'clients[0].policy.geographies: no host that this client may use'],
  [
    { guardrail: { id: 'abc', version: '1', output: true } },
    'clients[0].policy.guardrail.output: routes[0] takes this client without "commit": "complete"; set it there',
  ],
  [{ maxTokens: 0 }, 'clients[0].policy.maxTokens: got 0; must be a whole number from 1'],
  [{ effort: 'huge' }, 'clients[0].policy.effort: got "huge"; must be one of low, medium, high, xhigh, max'],
  [{ mcpServers: ['https://mcp.example.com'] }, 'must be the name of an MCP server, such as mcp.example.com'],
])('%j stops the start', (policy, problem) => {
  expect(() => read(policy)).toThrow(problem);
});

it.each<[object, string, readonly string[]]>([
  [{ kind: 'bedrock', region: 'eu-west-1', profile: 'eu' }, 'claude-opus-5-5', ['eu', 'eu']],
  [{ kind: 'bedrock', region: 'eu-west-1' }, 'claude-opus-5-5', ['eu', 'anywhere']],
  [
    { kind: 'bedrock', region: 'eu-west-1', profile: 'eu', models: { a: 'global.anthropic.a' } },
    'a',
    ['eu', 'anywhere'],
  ],
  [{ kind: 'bedrock-models', region: 'us-east-1' }, 'us.meta.llama', ['us', 'us']],
  [{ kind: 'bedrock-models', region: 'us-east-1' }, 'meta.llama', ['us', 'us']],
  [{ kind: 'vertex', location: 'europe-west1' }, 'a', ['eu']],
  [{ kind: 'vertex', location: 'europe-west2' }, 'a', ['europe-west2']],
  [{ kind: 'foundry' }, 'a', ['anywhere']],
  [{ kind: 'openai' }, 'a', ['anywhere']],
  [{ kind: 'messages', servedIn: 'jp' }, 'a', ['jp']],
])('%j serves %s in %j', (host, model, places) => {
  expect(hostPlaces(host as HostConfig, model)).toEqual(places);
});
