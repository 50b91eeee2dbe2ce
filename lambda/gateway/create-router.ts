import { ENV, type FigureEntry, type QueueConfig, type RouterConfig } from '../../lib/contract';
import { AdaptationMemory } from '../engine/chain/adaptation-memory';
import type { Clock, Random } from '../engine/time/clock';
import type { Gateway } from '../engine/gateway';
import { Health } from '../engine/health/health';
import { Overrides } from '../engine/health/overrides';
import type { Transport } from '../hosts/transport/transport';
import type { HealthStore } from './state/health-store';
import type { Limiter } from './limits/limiter';
import { createTelemetry } from './telemetry/create-telemetry';
import { systemClock } from '../runtime/system-clock';
import type { Telemetry } from './telemetry/telemetry';
import { createGateway } from './gateway';
import type { Orders } from './order/create-orders';
import { planRequest } from './plan/plan-request';
import { createParts } from './plan/router-parts';
import type { RequestQueue, RequestQueueParts } from './queue/request-queue';
import { withBody } from './read-body';
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
  shared?.refresh();
  const state = {
    clock,
    random,
    health,
    overrides,
    adaptations: new AdaptationMemory(),
    observer: telemetry.observer,
  };
  const planner = { config, models, hosts: configuredHosts() };
  return {
    handle: createGateway({
      planner,
      state,
      telemetry,
      shared,
      region: env['AWS_REGION'],
      orders,
      pseudonym,
      limiter: config.clients?.some(({ limits }) => limits) ? openLimiter(config, env, clock, telemetry) : undefined,
      queue:
        config.queue && openQueue(config.queue, { planner, telemetry, env, clock, plan: planRequest, read: withBody }),
    }),
    close() {
      telemetry.close();
      transport.closeAll();
    },
    settle: () => shared?.settle(),
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

/** Loaded where requests can wait. */
async function openQueue(queue: QueueConfig, parts: RequestQueueParts): Promise<RequestQueue> {
  const { createRequestQueue } = await import('./queue/create-request-queue');
  return createRequestQueue(parts, queue);
}

/** Loaded in the background: no request needs it. */
async function openStore(table: string, env: Readonly<Record<string, string | undefined>>): Promise<HealthStore> {
  const { createHealthStore } = await import('./state/health-store');
  return createHealthStore(table, env);
}
