import { ENV, type FigureEntry, type RouterConfig } from '../../lib/contract';
import { AdaptationMemory } from '../engine/chain/adaptation-memory';
import type { Clock, Random } from '../engine/time/clock';
import type { Gateway } from '../engine/gateway';
import { Health } from '../engine/health/health';
import { Overrides } from '../engine/health/overrides';
import type { Transport } from '../hosts/transport/transport';
import type { ResponseCache } from './cache/response-cache';
import type { HealthStore } from './state/health-store';
import type { Limiter } from './limits/limiter';
import { createTelemetry } from './telemetry/create-telemetry';
import { systemClock } from '../runtime/system-clock';
import type { Telemetry } from './telemetry/telemetry';
import { createGateway } from './gateway';
import type { Orders } from './order/create-orders';
import { createParts } from './plan/router-parts';
import { SharedState } from './state/shared-state';

export interface Router {
  readonly handle: Gateway;
  /** Writes the last metrics and releases idle connections, so that a process can end. */
  close(): void;
  /** What has to be written before the process may be frozen; undefined where there is nothing. Ends soon, and never rejects. */
  settle(): Promise<void> | undefined;
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
  const telemetry = createTelemetry(config.telemetry ?? {}, env, clock, servesMany, random);
  const breakers = new Map(config.hosts.map(({ name, breaker = {} }) => [name, breaker]));
  const health = new Health(breakers, (entry) => shared?.tell(entry));
  const overrides = new Overrides();
  const orders = config.routes.some(({ order = 'listed' }) => order !== 'listed')
    ? loadOrders(config, (entry) => shared?.tell(entry))
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
  const cache = config.routes.some((route) => route.cache) ? openCache(env, clock, telemetry) : undefined;
  shared?.refresh();
  const state = {
    clock,
    random,
    health,
    overrides,
    adaptations: new AdaptationMemory(),
    observer: telemetry.observer,
  };
  return {
    handle: createGateway({
      planner: { config, models, hosts: configuredHosts() },
      state,
      telemetry,
      shared,
      region: env['AWS_REGION'],
      orders,
      cache,
      pseudonym,
      limiter: config.clients?.some(({ limits }) => limits) ? openLimiter(config, env, clock, telemetry) : undefined,
    }),
    close() {
      telemetry.close();
      transport.closeAll();
    },
    settle: () => (cache ? cache.then((each) => each.settle(shared)) : shared?.settle()),
  };
}

async function loadOrders(config: RouterConfig, tell: (entry: FigureEntry) => void): Promise<Orders> {
  const { createOrders } = await import('./order/create-orders');
  return createOrders(config, tell);
}

/** Loaded where clients have limits. */
async function openLimiter(
  config: RouterConfig,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  telemetry: Telemetry,
): Promise<Limiter> {
  const { createLimiter } = await import('./limits/create-limiter');
  return createLimiter(config, env, clock, telemetry.alone);
}

/** Loaded where a route has one. */
async function openCache(
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  telemetry: Telemetry,
): Promise<ResponseCache> {
  const { createCache } = await import('./cache/create-cache');
  return createCache(env, clock, telemetry);
}

/** Loaded in the background: no request needs it. */
async function openStore(table: string, env: Readonly<Record<string, string | undefined>>): Promise<HealthStore> {
  const { createHealthStore } = await import('./state/health-store');
  return createHealthStore(table, env);
}
