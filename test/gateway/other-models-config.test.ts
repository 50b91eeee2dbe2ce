import { ENV } from '../../lib/contract';
import { loadConfig } from '../../lambda/gateway/config/load-config';
import { anthropic, bedrock, problems, small } from './small-config';

const key = { env: 'KEY' };
const other = (host: Record<string, unknown>): string =>
  small({ hosts: [anthropic, bedrock, { name: 'other', ...host }] });
const vllm = { kind: 'messages', endpoint: 'http://vllm:8000', auth: 'none' };

it.each([
  [vllm],
  [{ ...vllm, endpoint: 'http://10.0.3.4:8000', lacks: ['web_search'] }],
  [{ kind: 'messages', endpoint: 'https://openrouter.ai/api', keys: [key] }],
  [
    {
      kind: 'messages',
      endpoint: 'https://gateway.ai.cloudflare.com/v1/a/g/anthropic',
      auth: 'x-api-key',
      keys: [key],
      headers: { 'cf-aig-authorization': key },
      lacks: [],
    },
  ],
  [
    {
      kind: 'messages',
      endpoint: 'https://x.gateway.bedrock-agentcore.us-east-1.amazonaws.com',
      auth: { sigv4: 'bedrock-agentcore', region: 'us-east-1' },
    },
  ],
  [{ kind: 'openai', keys: [key] }],
  [{ kind: 'openai', endpoint: 'http://localhost:8000/v1' }],
  [{ kind: 'azure-openai', resource: 'res', keys: [key] }],
  [{ kind: 'azure-openai', resource: 'res', entra: { tenantId: 't', clientId: 'c', secret: key } }],
  [{ kind: 'vertex-gemini', project: 'p', location: 'global' }],
  [{ kind: 'bedrock-models', region: 'us-east-1' }],
])('takes %j', (host) => {
  expect(problems(other(host))).toEqual([]);
});

it.each([
  [{ ...vllm, endpoint: undefined }, 'hosts[2].endpoint: missing; must be an http or https URL'],
  [
    { ...vllm, endpoint: 'http://models.example.com' },
    'hosts[2].endpoint: plain http only to this machine or a private network',
  ],
  [{ ...vllm, auth: 'bearer' }, 'hosts[2].keys: missing; "auth" is bearer, or set it to "none"'],
  [{ ...vllm, keys: [key] }, 'hosts[2].keys: "auth" uses none; take them out'],
  [{ ...vllm, auth: 'basic' }, 'hosts[2].auth: got "basic"; must be one of bearer, x-api-key, none, or {"sigv4"'],
  [{ ...vllm, lacks: ['magic'] }, 'hosts[2].lacks[0]: got "magic"; must be one of web_search'],
  [{ kind: 'openai' }, 'hosts[2].keys: missing; api.openai.com takes no request without one'],
  [{ kind: 'azure-openai', resource: 'r' }, 'hosts[2].keys: give either these or "entra"'],
  [
    { kind: 'gemini' },
    'hosts[2].kind: got "gemini"; must be one of anthropic, bedrock, vertex, foundry, claude-platform-aws, messages',
  ],
])('says what is wrong with %j', (host, problem) => {
  expect(problems(other(host)).join('\n')).toContain(problem);
});

it('never repeats a secret that was put where its place belongs', () => {
  const wrong = { ...vllm, headers: { 'cf-aig-authorization': 'sk-secret-of-mine' } };
  expect(problems(other(wrong)).join()).not.toContain('sk-secret-of-mine');
});

const routed = (route: Record<string, unknown>): string =>
  small({
    hosts: [anthropic, bedrock, { name: 'vllm', ...vllm }],
    routes: [{ chain: ['anthropic', 'bedrock'], ...route }],
  });

it('takes any id of a host of other models, and of Claude’s hosts what is configured', () => {
  const lastResort = [
    { host: 'vllm', model: 'qwen3' },
    { host: 'bedrock', model: 'claude-opus-5-5' },
  ];
  expect(problems(routed({ lastResort, onRefusal: ['claude-opus-5-5'], message: 'Back soon.' }))).toEqual([]);
  const fallbacks = ['claude-opus-5-5', 'bedrock/claude-opus-5-5', 'vllm/qwen3'];
  expect(problems(routed({ lastResort, fallbacks }))).toEqual([]);
});

it.each([
  [
    { lastResort: [{ host: 'vlm', model: 'qwen3' }] },
    'routes[0].lastResort[0]: there is no host "vlm"; did you mean "vllm"?',
  ],
  [
    { lastResort: [{ host: 'bedrock', model: 'gpt-5' }] },
    'routes[0].lastResort[0].model: "gpt-5" is none of the models that host "bedrock" (bedrock) has',
  ],
  [{ onRefusal: ['claude-opus-5'] }, 'routes[0].onRefusal[0]: there is no model "claude-opus-5"; did you mean'],
  [
    { fallbacks: ['claude-opus-5'] },
    'routes[0].fallbacks[0]: "claude-opus-5" is neither a model nor a host and a model',
  ],
  [{ fallbacks: ['vertx/claude-opus-5-5'] }, 'routes[0].fallbacks[0]: "vertx/claude-opus-5-5" is neither'],
  [{ fallbacks: Array(5).fill('claude-opus-5-5') }, 'routes[0].fallbacks: '],
  [{ lastResort: [] }, 'routes[0].lastResort: got an empty list'],
])('says what is wrong with a route of %j', (route, problem) => {
  expect(problems(routed(route)).join('\n')).toContain(problem);
});

describe('at start, where kinds of other models are loaded only when they are named', () => {
  const start = (json: string) => loadConfig({ [ENV.CONFIG]: json });

  it.each([
    ['a host of another model', other(vllm)],
    ['a last resort at a host of Claude’s', routed({ lastResort: [{ host: 'bedrock', model: 'claude-opus-5-5' }] })],
    ['neither', small()],
  ])('takes %s', async (_, json) => {
    expect(await start(json)).toEqual(JSON.parse(json));
  });

  it.each([
    [other({ kind: 'openai' }), 'hosts[2].keys: missing'],
    [other({ kind: 'gemini' }), 'claude-platform-aws, messages, openai'],
    [routed({ fallbacks: ['gpt'] }), 'routes[0].fallbacks[0]: "gpt" is neither'],
    [routed({ onRefusal: ['gpt'] }), 'routes[0].onRefusal[0]: there is no model "gpt"'],
    [
      small({ routes: [{ chain: ['anthropic'], lastResort: [{ host: 'bedrock', model: 'x' }] }] }),
      'lastResort[0].model: "x"',
    ],
    [routed({ ordr: 'fastest' }), 'routes[0].ordr: unknown key; did you mean "order"?'],
    [routed({ fallback: ['claude-opus-5-5'] }), 'routes[0].fallback: unknown key; did you mean "fallbacks"?'],
  ])('finds what is wrong in %s', async (json, problem) => {
    await expect(start(json)).rejects.toThrow(problem);
  });
});
