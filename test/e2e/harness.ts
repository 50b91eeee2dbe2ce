import { createHash } from 'node:crypto';
import { getEventListeners } from 'node:events';
import type { HostConfig, RouteConfig, RouterConfig } from '../../lib/contract';
import type { Clock } from '../../lambda/engine/time/clock';
import { parseConfig } from '../../lambda/gateway/config/config';
import { createRouter, type Router } from '../../lambda/gateway/create-router';
import { BodyBudget } from '../../lambda/server/body-budget';
import { Transport } from '../../lambda/hosts/transport/transport';
import { UndiciClient } from '../../lambda/hosts/transport/undici-client';
import type { OpenServer } from '../../local/loopback/open-server';
import type { Gateway } from '../../lambda/engine/gateway';
import { systemClock } from '../../lambda/runtime/system-clock';
import type { SimulatedTable } from '../../local/health-table/health-table';
import type { SimulatedQueue } from '../../local/request-queue/simulated-queue';
import { startSimulatedHost, type GoogleSide, type RecordedRequest, type SimulatedHost } from '../../local/hosts';
import { openDoor } from './front-door';
import { until } from '../local/hosts/caller';
import { AWS, ENV, GOOGLE, HOST_SETUPS, type HostName } from './host-setups';

export const MODEL = 'claude-opus-5-5';
export const GATEWAY_KEY = 'simulated-gateway-key';

/** Long enough for a busy machine, short enough for a test; hosts that hang get shorter ones of their own. */
const BUDGET = { deadlineMs: 20_000, headersMs: 6000, firstContentMs: 6000, idleMs: 6000, pingAfterMs: 10_000 };
const RETRY = { quickRetryMaxMs: 5, rateLimitWaitMaxMs: 1500 };
/** For a host that is to be found hanging. */
export const IMPATIENT = { headersMs: 700, firstContentMs: 900, idleMs: 150 } as const;

export interface Setup {
  readonly chain: readonly HostName[];
  readonly route?: Partial<RouteConfig>;
  /** Parts of single hosts' configurations. */
  readonly hosts?: Partial<Record<HostName, Partial<HostConfig>>>;
  readonly config?: Partial<RouterConfig>;
  /** What the simulated Google knows. */
  readonly google?: GoogleSide;
  readonly deltaDelayMs?: number;
  /** Variables of the environment beside those that every test has. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of request bodies that may be held at a time. */
  readonly bodyBytes?: number;
  /** Another environment of the same router: in front of the same hosts. */
  readonly beside?: TestGateway;
  /** @default - no table, so no environment knows of another */
  readonly table?: SimulatedTable;
  /** @default - no request can wait */
  readonly queue?: SimulatedQueue;
  /** How long a timer takes instead. @default - as long as it is set */
  readonly timerMs?: (ms: number) => number;
}

export interface TestGateway {
  readonly url: string;
  readonly config: RouterConfig;
  host(name: HostName): SimulatedHost;
  /** What a host was asked for, without the exchange of tokens. */
  calls(name: HostName): readonly RecordedRequest[];
  /** Models called per host, in the chain's order. */
  counts(): Readonly<Record<string, number>>;
  /** Sets the gateway's clock forward, and no timer. */
  skip(ms: number): void;
}

export interface Running extends TestGateway {
  /** How often clients have asked, by whatever path. */
  asked(): number;
  close(): Promise<void>;
}

/** Gateways that are stopped after each test, with the proof that nothing of them is left. */
export function useGateway(): (setup: Setup) => Promise<Running> {
  const running: Running[] = [];
  let before: string[] = [];
  beforeEach(() => {
    before = openResources();
  });
  afterEach(async () => {
    // One that stands beside another uses that one's hosts.
    for (const gateway of running.splice(0).reverse()) await gateway.close();
    await until(() => openResources().length <= before.length, 'no socket and no listening port is left').catch(() =>
      expect(openResources()).toEqual(before),
    );
  });
  return async (setup) => {
    const gateway = await startGateway(setup);
    running.push(gateway);
    return gateway;
  };
}

function openResources(): string[] {
  return process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP') || name === 'Timeout');
}

export async function startGateway(setup: Setup): Promise<Running> {
  const hosts = new Map<HostName, SimulatedHost>();
  for (const name of setup.beside ? [] : setup.chain) {
    const { simulated } = HOST_SETUPS[name];
    hosts.set(
      name,
      await startSimulatedHost({
        name,
        deltaDelayMs: setup.deltaDelayMs ?? 0,
        aws: AWS,
        google: setup.google ?? GOOGLE,
        ...simulated,
      }),
    );
  }
  const host = (name: HostName): SimulatedHost => {
    const found = hosts.get(name) ?? setup.beside?.host(name);
    if (!found) throw new Error(`${name} is not in this test's chain`);
    return found;
  };
  const clock = countedClock(setup.timerMs);
  const close = () => Promise.all([...hosts.values()].map((each) => each.close()));
  const config = await Promise.try(() => testConfig(setup, host)).catch(async (error) => {
    await close();
    throw error;
  });
  const router = await Promise.try(() =>
    createRouter(
      config,
      { ...ENV, ...tableEnv(setup), ...queueEnv(setup), ...setup.env },
      // As `serve` calls its hosts; what is deployed is tested with the client that it has there.
      { clock, transport: new Transport(new UndiciClient()) },
    ),
  ).catch(async (error) => {
    await close();
    throw error;
  });
  const signals: AbortSignal[] = [];
  const handle: Gateway = (request, signal) => {
    signals.push(signal);
    return router.handle(request, signal);
  };
  const door = await openDoor(handle, router, new BodyBudget(setup.bodyBytes));
  const calls = (name: HostName) => host(name).requests.filter(({ path }) => !TOKEN_PATH.test(path));
  return {
    url: door.url,
    config,
    host,
    calls,
    counts: () => Object.fromEntries(setup.chain.map((name) => [name, calls(name).length])),
    skip: clock.skip,
    asked: () => signals.length,
    close: () => closeWithProof(door, router, [...hosts.values()], signals, clock),
  };
}

const TOKEN_PATH = /^\/v1\/token$|:generateAccessToken$/;

function tableEnv({ table }: Setup): Record<string, string> {
  return table ? { FAILOVER_HEALTH_TABLE: table.name, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint } : {};
}

export function queueEnv({ queue }: Pick<Setup, 'queue'>): Record<string, string> {
  return queue ? { AWS_ENDPOINT_URL_S3: queue.endpoint, AWS_ENDPOINT_URL_SQS: queue.endpoint } : {};
}

function testConfig({ chain, route, hosts = {}, config, queue }: Setup, host: TestGateway['host']) {
  return parseConfig(
    JSON.stringify({
      hosts: chain.map((name) => ({
        ...HOST_SETUPS[name].config(host(name).url),
        retry: RETRY,
        ...hosts[name],
      })),
      models: [MODEL, 'claude-haiku-4-5'],
      routes: [{ chain, ...route, budget: { ...BUDGET, ...(typeof route?.budget === 'object' && route.budget) } }],
      clients: [{ name: 'tester', keySha256: createHash('sha256').update(GATEWAY_KEY).digest('hex') }],
      steering: ['chain', 'only', 'skip', 'commit', 'budget'],
      telemetry: { logs: false, metrics: false },
      queue: queue?.config,
      ...config,
    }),
  );
}

interface CountedClock extends Clock {
  skip(ms: number): void;
  readonly running: ReadonlySet<object>;
}

function countedClock(timerMs = (ms: number): number => ms): CountedClock {
  const running = new Set<object>();
  let ahead = 0;
  return {
    running,
    skip: (ms) => void (ahead += ms),
    now: () => systemClock.now() + ahead,
    timer(ms, fire) {
      const mark = {};
      running.add(mark);
      const timer = systemClock.timer(timerMs(ms), () => {
        running.delete(mark);
        fire();
      });
      return {
        cancel: () => {
          running.delete(mark);
          timer.cancel();
        },
      };
    },
  };
}

async function closeWithProof(
  door: OpenServer,
  router: Router,
  hosts: readonly SimulatedHost[],
  signals: readonly AbortSignal[],
  clock: CountedClock,
): Promise<void> {
  const listeners = () => signals.reduce((sum, signal) => sum + getEventListeners(signal, 'abort').length, 0);
  const connections = () => hosts.reduce((sum, host) => sum + host.openConnections(), 0);
  try {
    await until(() => clock.running.size === 0, 'no timer of the router is left');
    await until(() => listeners() === 0, 'no listener on a request signal is left');
    router.close();
    await until(() => connections() === 0, 'no connection to a host is left');
  } finally {
    await door.close();
    await Promise.all(hosts.map((host) => host.close()));
  }
}
