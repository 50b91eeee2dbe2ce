import type { RouteConfig } from '../../lib/contract';
import { resolveModels } from '../../lib/catalog/resolve';
import type { GatewayRequest } from '../../lambda/engine/gateway';
import { findRoute } from '../../lambda/gateway/plan/route-table';

const models = resolveModels(['claude-haiku-4-5', 'claude-opus-5-5']);
const routes: RouteConfig[] = [
  { models: ['claude-haiku-4-5'], chain: ['haiku-by-alias'] },
  { clients: ['batch'], chain: ['batch-client'] },
  { header: { name: 'X-Tier', value: 'gold' }, chain: ['gold-header'] },
  { models: ['claude-opus-*'], chain: ['opus-prefix'] },
];

function chainFor(model: string, client?: string, headers: Record<string, string> = {}): readonly string[] {
  const found = models.find(model);
  if (!found) throw new Error(model);
  const request = { headers } as GatewayRequest;
  return findRoute(routes, found, { name: client, may: new Set() }, request, 0).chain;
}

test('the first route whose conditions all hold is taken', () => {
  expect(chainFor('claude-opus-5-5')).toEqual(['opus-prefix']);
  expect(chainFor('claude-opus-5-5', 'batch')).toEqual(['batch-client']);
  expect(chainFor('claude-opus-5-5', 'web', { 'x-tier': 'gold' })).toEqual(['gold-header']);
  expect(chainFor('claude-opus-5-5', 'web', { 'x-tier': 'silver' })).toEqual(['opus-prefix']);
});

test('a route for an alias takes requests for the dated id', () => {
  expect(chainFor('claude-haiku-4-5-20251001')).toEqual(['haiku-by-alias']);
});

test('a request that no route takes is told so with its model', () => {
  const opus = models.find('claude-opus-5-5')!;
  const nobody = () =>
    findRoute(routes.slice(0, 1), opus, { name: undefined, may: new Set() }, { headers: {} } as GatewayRequest, 0);
  expect(nobody).toThrow("no route of this gateway takes model 'claude-opus-5-5' for this request");
});
