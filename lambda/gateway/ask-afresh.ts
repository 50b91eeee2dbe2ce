import type { RouterConfig } from '../../lib/contract';
import type { ModelCatalog } from '../../lib/catalog/resolve';
import { AdaptationMemory } from '../engine/chain/adaptation-memory';
import type { Failure } from '../engine/failure/failure';
import type { GatewayRequest, GatewayResponse } from '../engine/gateway';
import { Health } from '../engine/health/health';
import { Overrides } from '../engine/health/overrides';
import type { Clock, Random } from '../engine/time/clock';
import type { Transport } from '../hosts/transport/transport';
import { outcomeResponse } from './outcome-response';
import type { Client } from './plan/clients';
import { planRequest } from './plan/plan-request';
import { createParts } from './plan/router-parts';
import { run } from './run';

export interface AnswerAfresh {
  readonly response: GatewayResponse;
  /** What the host said; undefined where it answered, or was not asked. */
  readonly failure: Failure | undefined;
}

export interface AskAfresh {
  /** Through the router's own planning, adaptation, signing and timers, with a memory as fresh as a new environment's. */
  ask(request: GatewayRequest, signal: AbortSignal): Promise<AnswerAfresh>;
  readonly models: ModelCatalog;
  close(): void;
}

const OBSERVER = { attempt: () => {}, adapted: () => {}, keySetAside: () => {}, misconfigured: () => {} };

/** A router that remembers nothing from one request to the next. Throws a `ConfigError` for keys the environment lacks. */
export function createAskAfresh(
  config: RouterConfig,
  client: Client,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  random: Random,
  given?: Transport,
): AskAfresh {
  const { models, transport, configuredHosts } = createParts(config, env, clock, given);
  const breakers = new Map(config.hosts.map(({ name }) => [name, {}]));
  return {
    models,
    close: () => transport.closeAll(),
    ask: async (request, signal) => {
      const endpoint = request.path.endsWith('/count_tokens') ? 'count_tokens' : 'messages';
      const plan = planRequest({ config, models, hosts: configuredHosts() }, request, endpoint, client, clock.now());
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
