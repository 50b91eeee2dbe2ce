import type { BedrockHostConfig, HostConfig, HostKind, ModelConfig } from '../../../lib/contract';
import { closest } from '../../../lib/catalog/closest';
import { MODELS } from '../../../lib/catalog/models';
import { resolveModels } from '../../../lib/catalog/resolve';

const bedrock = (over: Partial<BedrockHostConfig> = {}): HostConfig => ({
  kind: 'bedrock',
  name: 'b',
  region: 'us-east-1',
  ...over,
});
const HOSTS: Record<HostKind, HostConfig> = {
  anthropic: { kind: 'anthropic', name: 'a', keys: [{ env: 'K' }] },
  'claude-platform-aws': { kind: 'claude-platform-aws', name: 'p', region: 'us-east-1', workspaceId: 'w' },
  bedrock: bedrock({ profile: 'us' }),
  vertex: { kind: 'vertex', name: 'v', project: 'p', location: 'global' },
  foundry: { kind: 'foundry', name: 'f', resource: 'r', keys: [{ env: 'K' }] },
  messages: { kind: 'messages', name: 'm', endpoint: 'http://localhost:8000', auth: 'none' },
  openai: { kind: 'openai', name: 'o', keys: [{ env: 'K' }] },
  'azure-openai': { kind: 'azure-openai', name: 'az', resource: 'r', keys: [{ env: 'K' }] },
  'vertex-gemini': { kind: 'vertex-gemini', name: 'g', project: 'p', location: 'global' },
  'bedrock-models': { kind: 'bedrock-models', name: 'bm', region: 'us-east-1' },
};

const EXPECTED: readonly (readonly [string, Partial<Record<HostKind, string>>])[] = [
  [
    'claude-opus-5-5',
    {
      anthropic: 'claude-opus-5-5',
      'claude-platform-aws': 'claude-opus-5-5',
      bedrock: 'us.anthropic.claude-opus-5-5',
      vertex: 'claude-opus-5-5',
      foundry: 'claude-opus-5-5',
    },
  ],
  ['claude-opus-4-6', { bedrock: 'us.anthropic.claude-opus-4-6-v1', vertex: 'claude-opus-4-6' }],
  ['claude-sonnet-4-6', { bedrock: 'us.anthropic.claude-sonnet-4-6', vertex: 'claude-sonnet-4-6' }],
  [
    'claude-haiku-4-5',
    {
      anthropic: 'claude-haiku-4-5-20251001',
      bedrock: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      vertex: 'claude-haiku-4-5@20251001',
      foundry: 'claude-haiku-4-5',
    },
  ],
];

test.each(EXPECTED)('%s has the id each host documents', (model, ids) => {
  const catalog = resolveModels([model]);
  for (const [kind, id] of Object.entries(ids)) expect(catalog.on(model, HOSTS[kind as HostKind])).toBe(id);
});

test('a model without an equivalent on a host has no id there', () => {
  const catalog = resolveModels(['claude-mythos-5-2', 'claude-opus-4-1']);
  expect(catalog.on('claude-mythos-5-2', HOSTS.bedrock)).toBeUndefined();
  expect(catalog.on('claude-mythos-5-2', HOSTS.anthropic)).toBe('claude-mythos-5-2');
  expect(catalog.on('claude-opus-4-1', HOSTS.anthropic)).toBeUndefined();
  expect(catalog.on('claude-opus-4-1', HOSTS.vertex)).toBe('claude-opus-4-1@20250805');
});

test('Bedrock ids carry the profile of the host, global unless it says otherwise', () => {
  const catalog = resolveModels(['claude-opus-5']);
  expect(catalog.on('claude-opus-5', bedrock())).toBe('global.anthropic.claude-opus-5');
  expect(catalog.on('claude-opus-5', bedrock({ profile: 'eu' }))).toBe('eu.anthropic.claude-opus-5');
});

test("a host's own entry wins and is used as it stands, by id or by alias", () => {
  const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abcdefghijkl';
  const catalog = resolveModels(['claude-haiku-4-5']);
  expect(catalog.on('claude-haiku-4-5', bedrock({ models: { 'claude-haiku-4-5-20251001': arn } }))).toBe(arn);
  expect(catalog.on('claude-haiku-4-5-20251001', bedrock({ models: { 'claude-haiku-4-5': arn } }))).toBe(arn);
});

test('a model is found by id and by alias, and only among the configured ones', () => {
  const catalog = resolveModels(['claude-haiku-4-5']);
  expect(catalog.find('claude-haiku-4-5')?.id).toBe('claude-haiku-4-5-20251001');
  expect(catalog.find('claude-haiku-4-5-20251001')?.id).toBe('claude-haiku-4-5-20251001');
  expect(catalog.find('claude-opus-5')).toBeUndefined();
});

test('an unknown model is refused by name, with the closest known ones and what to do', () => {
  expect(() => resolveModels(['claude-opus-5.5'])).toThrow(
    /unknown model "claude-opus-5\.5".*claude-opus-5-5.*"on": \{/s,
  );
});

test('a described model needs no table, and may redefine one that is in it', () => {
  const own: ModelConfig = { id: 'claude-next', aliases: ['next'], on: { bedrock: 'anthropic.claude-next' } };
  const redefined: ModelConfig = { id: 'claude-opus-5', on: { vertex: 'claude-opus-5@default' } };
  const catalog = resolveModels([own, redefined]);
  expect(catalog.on('next', bedrock({ profile: 'jp' }))).toBe('jp.anthropic.claude-next');
  expect(catalog.find('next')).toMatchObject({ displayName: 'claude-next', bedrockMessages: false });
  expect(catalog.on('claude-opus-5', HOSTS.vertex)).toBe('claude-opus-5@default');
  expect(catalog.on('claude-opus-5', HOSTS.bedrock)).toBeUndefined();
});

test('a model that is configured twice is refused by name', () => {
  expect(() => resolveModels(['claude-haiku-4-5', 'claude-haiku-4-5-20251001'])).toThrow(
    'model "claude-haiku-4-5-20251001" is configured twice',
  );
});

test('no two models of the table share a name, and release days are dates', () => {
  const names = MODELS.flatMap(({ id, aliases }) => [id, ...aliases]);
  expect(new Set(names).size).toBe(names.length);
  for (const { createdAt } of MODELS) expect(createdAt ?? '2026-01-01').toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
});

test('the closest name to a slip of the pen is the name that was meant', () => {
  expect(closest('claude-sonet-5-5', ['claude-opus-5-5', 'claude-sonnet-5-5', 'gpt'])[0]).toBe('claude-sonnet-5-5');
});
