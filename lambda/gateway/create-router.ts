import { ENV, type RouterConfig } from '../../lib/contract';
import { AdaptationMemory } from '../engine/chain/adaptation-memory';
import type { Clock, Random } from '../engine/time/clock';
import type { Gateway } from '../engine/gateway';
import { Health } from '../engine/health/health';
import { Overrides } from '../engine/health/overrides';
import type { Transport } from '../hosts/transport/transport';
import type { Audit } from './audit/audit';
import type { ResponseCache } from './cache/response-cache';
import type { Spend } from './spend/spend';
import type { HealthStore } from './state/health-store';
import type { Limits } from './limits/create-limits';
import { audited } from './telemetry/audited';
import { createTelemetry } from './telemetry/create-telemetry';
import { systemClock } from '../runtime/system-clock';
import { usageFigures } from './telemetry/usage-figures';
import { createGateway } from './gateway';
import { planRequest } from './plan/plan-request';
import { createParts } from './plan/router-parts';
import { withBody } from './read-body';
import { SharedState } from './state/shared-state';

export interface Router {
  readonly handle: Gateway;
  /** Writes the last metrics and releases idle connections, so that a process can end. */
  close(): void;
  /** What has to be written before the process may be frozen; undefined where there is nothing. Ends soon, and never rejects. */
  settle(): Promise<void> | undefined;
  /** Undefined where nothing that is spent is counted. */
  readonly spend: Promise<Spend> | undefined;
}

/** The world outside, where it is not the real one. */
export interface World {
  readonly clock?: Clock;
  readonly random?: Random;
  readonly transport?: Transport;
  /** One process serves many requests: their metrics are written once a minute. @default false */
  readonly servesMany?: boolean;
}

/** Everything of a router that its shell does not bring. Throws a `ConfigError` for keys the environment lacks. */
export function createRouter(
  config: RouterConfig,
  env: Readonly<Record<string, string | undefined>>,
  { clock = systemClock, random = Math.random, transport: given, servesMany = false }: World = {},
): Router {
  const { models, transport, pseudonym, configuredHosts } = createParts(config, env, clock, given);
  const own = createTelemetry(config.telemetry ?? {}, env, clock, servesMany, random);
  const audit =
    config.audit &&
    load().then((open) => open.audit(config.audit!, { hosts: config.hosts, env, clock, servesMany, telemetry: own }));
  const telemetry = audit ? audited(own, audit) : own;
  const breakers = new Map(config.hosts.map(({ name, breaker = {} }) => [name, breaker]));
  const health = new Health(breakers, (entry) => shared?.tell(entry));
  const overrides = new Overrides();
  const orders = config.routes.some(({ order = 'listed' }) => order !== 'listed')
    ? load().then((open) => open.orders(config, (entry) => shared?.tell(entry)))
    : undefined;
  const table = env[ENV.HEALTH_TABLE];
  const shared = table
    ? new SharedState(() => openStore(table, env), {
        health,
        overrides,
        orders,
        clock,
        breakers,
        alone: telemetry.alone,
      })
    : undefined;
  const cache = config.routes.some((route) => route.cache)
    ? load().then((open) => open.cache(env, clock, telemetry))
    : undefined;
  shared?.refresh();
  const planner = { config, models, hosts: configuredHosts() };
  const spend =
    config.spend || config.clients?.some((client) => client.spend ?? client.operator)
      ? load().then((open) => open.spend(planner, env, { clock, random, telemetry, figures: usageFigures }))
      : undefined;
  const state = {
    clock,
    random,
    health,
    overrides,
    adaptations: new AdaptationMemory(),
    observer: telemetry.observer,
  };
  let limits: Promise<Limits> | undefined;
  const limiting = (): Promise<Limits> =>
    (limits ??= load().then((open) => open.limits(config, { env, state, servesMany, telemetry })));
  if (config.fairQueue ?? config.clients?.some((client) => client.limits)) void limiting();
  const batches = config.batches
    ? load().then((open) =>
        open.batches({
          ...planner,
          env,
          clock,
          transport,
          spend,
          handle: (request, signal) => handle(request, signal),
        }),
      )
    : undefined;
  // Whoever asks for one is told what is missing for them.
  batches?.catch(() => undefined);
  const handle = createGateway({
    planner,
    state,
    telemetry,
    shared,
    region: env['AWS_REGION'],
    orders,
    pseudonym,
    audit,
    cache,
    spend,
    policy:
      (config.guardrail ?? config.clients?.some(({ policy }) => policy))
        ? load().then((open) => open.policies(config, models, env))
        : undefined,
    limits: (waits) => (waits ? limiting() : limits),
    queue:
      config.queue &&
      load().then((open) =>
        open.queue(config.queue!, { planner, telemetry, env, clock, plan: planRequest, read: withBody }),
      ),
    batches,
  });
  return {
    handle,
    close() {
      telemetry.close();
      void batches?.then(
        (door) => door.close(),
        () => undefined,
      );
      transport.closeAll();
    },
    settle: () => settleAll(shared, cache, limits, spend, audit),
    spend,
  };
}

const load = () => import('./capabilities');

function settleAll(
  shared: SharedState | undefined,
  cache: Promise<ResponseCache> | undefined,
  limits: Promise<Limits> | undefined,
  spend: Promise<Spend> | undefined,
  audit: Promise<Audit> | undefined,
): Promise<void> | undefined {
  const told = shared?.settle();
  const settling = [cache, limits, audit].filter((each) => each !== undefined);
  if (settling.length === 0 && spend === undefined) return told;
  const all = settling.map(async (each) => (await each).settle());
  return Promise.all([told, ...all, spend?.then((opened) => opened.settled())]).then(() => undefined);
}

/** Loaded in the background: no request needs it. */
async function openStore(table: string, env: Readonly<Record<string, string | undefined>>): Promise<HealthStore> {
  const { createHealthStore } = await import('./state/health-store');
  return createHealthStore(table, env);
}
