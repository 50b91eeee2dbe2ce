import { type AuditConfig, ENV, type FigureEntry, type QueueConfig, type RouterConfig } from '../../lib/contract';
import { AdaptationMemory } from '../engine/chain/adaptation-memory';
import type { Clock, Random } from '../engine/time/clock';
import type { Gateway } from '../engine/gateway';
import { Health } from '../engine/health/health';
import { Overrides } from '../engine/health/overrides';
import type { Transport } from '../hosts/transport/transport';
import type { Audit } from './audit/audit';
import type { Around } from './audit/create-audit';
import type { Spend } from './spend/spend';
import type { createSpend } from './spend/create-spend';
import type { HealthStore } from './state/health-store';
import type { BatchesDoor } from './batches/batches';
import type { BatchesWorld } from './batches/open-batches';
import type { createLimits, Limits } from './limits/create-limits';
import { audited } from './telemetry/audited';
import { createTelemetry } from './telemetry/create-telemetry';
import { systemClock } from '../runtime/system-clock';
import { usageFigures } from './telemetry/usage-figures';
import { createGateway } from './gateway';
import type { Orders } from './order/create-orders';
import { planRequest } from './plan/plan-request';
import { createParts } from './plan/router-parts';
import type { createPolicies, Policies } from './policy/policies';
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
  const own = createTelemetry(config.telemetry ?? {}, env, clock, servesMany, random);
  const audit =
    config.audit && openAudit(config.audit, { hosts: config.hosts, env, clock, servesMany, telemetry: own });
  const telemetry = audit ? audited(own, audit) : own;
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
  const planner = { config, models, hosts: configuredHosts() };
  const spend =
    config.spend || config.clients?.some((client) => client.spend ?? client.operator)
      ? openSpend(planner, env, { clock, random, telemetry, figures: usageFigures })
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
  const open = (): Promise<Limits> => (limits ??= openLimits(config, { env, state, servesMany, telemetry }));
  if (config.fairQueue ?? config.clients?.some((client) => client.limits)) void open();
  const batches = config.batches
    ? loadBatches({ ...planner, env, clock, transport, handle: (request, signal) => handle(request, signal) })
    : undefined;
  const handle = createGateway({
    planner,
    state,
    telemetry,
    shared,
    region: env['AWS_REGION'],
    orders,
    pseudonym,
    audit,
    spend,
    policy: config.clients?.some(({ policy }) => policy) ? loadPolicies(config, models, env) : undefined,
    limits: (waits) => (waits ? open() : limits),
    queue:
      config.queue && openQueue(config.queue, { planner, telemetry, env, clock, plan: planRequest, read: withBody }),
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
    settle: () => settleAll(shared, limits, spend, audit),
  };
}

/** Loaded where there is a trail. */
async function openAudit(config: AuditConfig, around: Around): Promise<Audit> {
  const { createAudit } = await import('./audit/create-audit');
  return createAudit(config, around);
}

async function loadOrders(config: RouterConfig, tell: (entry: FigureEntry) => void): Promise<Orders> {
  const { createOrders } = await import('./order/create-orders');
  return createOrders(config, tell);
}

async function loadPolicies(...given: Parameters<typeof createPolicies>): Promise<Policies> {
  const { createPolicies } = await import('./policy/policies');
  return createPolicies(...given);
}

/** Loaded where clients have limits, or would rather wait for a host's. */
async function openLimits(...given: Parameters<typeof createLimits>): Promise<Limits> {
  const { createLimits } = await import('./limits/create-limits');
  return createLimits(...given);
}

/** Loaded where there are spend limits. */
async function openSpend(...[planner, env, world]: Parameters<typeof createSpend>): Promise<Spend> {
  const spend = await import('./spend/create-spend');
  return spend.createSpend(planner, env, world);
}

function settleAll(
  shared: SharedState | undefined,
  limits: Promise<Limits> | undefined,
  spend: Promise<Spend> | undefined,
  audit: Promise<Audit> | undefined,
): Promise<void> | undefined {
  const told = shared?.settle();
  if (limits === undefined && spend === undefined && audit === undefined) return told;
  const all = [limits?.then((opened) => opened.settle()), spend?.then((opened) => opened.settled())];
  return Promise.all([told, ...all, audit?.then((opened) => opened.settle())]).then(() => undefined);
}

/** Loaded where requests can wait. */
async function openQueue(queue: QueueConfig, parts: RequestQueueParts): Promise<RequestQueue> {
  const { createRequestQueue } = await import('./queue/create-request-queue');
  return createRequestQueue(parts, queue);
}

/** Loaded where they are configured. Whoever asks for one is told what is missing for them. */
function loadBatches(world: BatchesWorld): Promise<BatchesDoor> {
  const opened = import('./batches/open-batches').then(({ openBatches }) => openBatches(world));
  opened.catch(() => undefined);
  return opened;
}

/** Loaded in the background: no request needs it. */
async function openStore(table: string, env: Readonly<Record<string, string | undefined>>): Promise<HealthStore> {
  const { createHealthStore } = await import('./state/health-store');
  return createHealthStore(table, env);
}
