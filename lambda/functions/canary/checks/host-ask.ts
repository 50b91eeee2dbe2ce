import { CANARY_CLIENT, type RouterConfig } from '../../../../lib/contract';
import type { ModelCatalog } from '../../../../lib/catalog/resolve';
import { AdaptationMemory } from '../../../engine/chain/adaptation-memory';
import { Health } from '../../../engine/health/health';
import { Overrides } from '../../../engine/health/overrides';
import type { Clock, Random } from '../../../engine/time/clock';
import { outcomeResponse } from '../../../gateway/outcome-response';
import type { Client } from '../../../gateway/plan/clients';
import { planRequest } from '../../../gateway/plan/plan-request';
import { createParts } from '../../../gateway/plan/router-parts';
import { run } from '../../../gateway/run';
import type { Transport } from '../../../hosts/transport/transport';
import { type Ask, CHECK_DEADLINE_MS } from './check';

export interface HostAsk {
  /** Through the router's own planning, adaptation, signing and timers, with a memory as fresh as a new environment's. */
  readonly ask: Ask;
  readonly models: ModelCatalog;
  close(): void;
}

const CANARY: Client = { name: CANARY_CLIENT, may: new Set(['only']) };
const OBSERVER = { attempt: () => {}, adapted: () => {}, keySetAside: () => {}, misconfigured: () => {} };

/** Asks every host of a router's configuration by name. */
export function createHostAsk(
  config: RouterConfig,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  random: Random,
  given?: Transport,
): HostAsk {
  const patient = withoutHaste(config);
  const { models, transport, configuredHosts } = createParts(patient, env, clock, given);
  const breakers = new Map(config.hosts.map(({ name }) => [name, {}]));
  return {
    models,
    close: () => transport.closeAll(),
    ask: async (request, signal) => {
      const endpoint = request.path.endsWith('/count_tokens') ? 'count_tokens' : 'messages';
      const plan = planRequest({ config: patient, models, hosts: configuredHosts() }, request, endpoint, CANARY);
      const state = {
        clock,
        random,
        health: new Health(breakers),
        overrides: new Overrides(),
        adaptations: new AdaptationMemory(),
        observer: OBSERVER,
      };
      const { context, outcome: end } = run(plan, state, signal);
      const outcome = await end;
      const failure =
        outcome.kind === 'returned'
          ? outcome.fault.failure
          : outcome.kind === 'exhausted'
            ? outcome.failures[0]?.failure
            : undefined;
      return { response: await outcomeResponse(outcome, context), failure };
    },
  };
}

/** The check itself says what is too late, and repeats what failed: a host is to show what is wrong with it. */
function withoutHaste(config: RouterConfig): RouterConfig {
  const wait = CHECK_DEADLINE_MS;
  const budget = { deadlineMs: wait, headersMs: wait, firstContentMs: wait, idleMs: wait };
  return {
    ...config,
    hosts: config.hosts.map(({ timeouts: _, ...host }) => ({
      ...host,
      retry: { quickRetries: 0, rateLimitWaitMaxMs: 0 },
    })),
    routes: [{ chain: config.hosts.map(({ name }) => name), budget }],
  };
}
