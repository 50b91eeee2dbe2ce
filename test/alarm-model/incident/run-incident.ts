import type { GatewayRequest, GatewayResponse } from '../../../lambda/engine/gateway';
import type { RouterConfig } from '../../../lib/contract';
import { RouterFleet } from '../../../local/virtual/router-fleet';
import { SimulatedClock } from '../../../local/virtual/simulated-clock';
import { VirtualTransport } from '../../../local/virtual/virtual-transport';
import { inVirtualWorld, repeatableRandom } from '../../../local/virtual/virtual-world';
import type { MetricStore } from '../cloudwatch/metrics/metric-store';
import { MINUTE_MS, replay, type Timeline } from '../cloudwatch/replay';
import type { DeployedStack } from './deployed-stack';
import type { HostFault, Incident } from './incident';
import { requestBody, type RequestShape } from './request-shapes';
import { PrintedMetrics } from './printed-metrics';
import { endpointOf, functionEnv, simulatedConfig } from './simulated-config';
import { simulatedAws } from './simulated-aws';
import { quotasOf, simulatedCanary } from './simulated-canary';
import { SimulatedPlace } from './simulated-place';

/** A Saturday. */
export const START = Date.UTC(2026, 10, 21);
export const MODEL = 'claude-sonnet-5-5';

/** Looks at the gateway while the incident happens to it; the replay ends there. */
export interface Watcher {
  /** Minute of the replay. */
  readonly at: number;
  look(scene: Scene): Promise<void>;
}
export interface Scene {
  readonly now: number;
  readonly config: RouterConfig;
  readonly env: Readonly<Record<string, string>>;
  /** Log output so far. */
  readonly lines: readonly string[];
  handle(request: GatewayRequest): Promise<GatewayResponse>;
}

/** The deployed alarms over what the real routers print while the incident happens to them. */
export async function runIncident(incident: Incident, stack: DeployedStack): Promise<Timeline> {
  const store = await recordIncident(incident, stack);
  return replay(stack.alarms, store, START + MINUTE_MS, START + incident.minutes * MINUTE_MS);
}

/** The real routers and canary against simulated hosts: every metric that comes of it. Logs are printed for a watcher only. */
export async function recordIncident(
  incident: Incident,
  stack: DeployedStack,
  watcher?: Watcher,
): Promise<MetricStore> {
  const clock = new SimulatedClock(START);
  const end = START + (watcher?.at ?? incident.minutes) * MINUTE_MS;
  const config = { ...simulatedConfig(stack.config), telemetry: { logs: watcher !== undefined } };
  const places = new Map(config.hosts.map((host) => [host.name, new SimulatedPlace(host, clock)]));
  const transport = new VirtualTransport(
    new Map(config.hosts.map((host) => [new URL(endpointOf(host)).host, places.get(host.name)!])),
  );
  const world = { clock, random: repeatableRandom(), transport };
  const env = functionEnv(stack.service);
  const fleet = new RouterFleet(config, env, world);
  const printed = new PrintedMetrics();
  const handle = (request: GatewayRequest): Promise<GatewayResponse> => {
    const began = clock.now();
    return fleet.handle(request, () => nativeMetrics(printed.store, stack, began, clock.now()));
  };
  const aws = simulatedAws({ url: stack.canary.endpoint!.url, clock, metrics: () => printed.store, handle });
  const quotas = incident.quotas ?? {};
  const canary = simulatedCanary(config, { ...stack.canary, quotas: quotasOf(quotas) }, env, world);
  let number = 0;

  const ask = async (shape: RequestShape): Promise<void> => {
    const { body } = await handle({
      id: `gw_${++number}`,
      method: 'POST',
      path: '/v1/messages',
      query: '',
      headers: { 'content-type': 'application/json', 'anthropic-version': '2023-06-01' },
      body: requestBody(shape, MODEL, number),
      client: 'default',
      timeLeftMs: 840_000,
    });
    if (!(body instanceof Uint8Array)) for await (const _piece of body);
  };

  for (const [host, quota] of Object.entries(quotas)) place(places, host).requestsPerMinute = quota;
  for (const fault of incident.faults ?? []) scheduleFault(fault, clock, places);
  incident.traffic.forEach(({ from, perMinute }, at) => {
    const until = START + (incident.traffic[at + 1]?.from ?? incident.minutes) * MINUTE_MS;
    for (const [shape, rate] of Object.entries(perMinute) as [RequestShape, number][]) {
      arrive(clock, START + from * MINUTE_MS, until, MINUTE_MS / rate, () => void ask(shape));
    }
  });
  const canaryUntil = START + (incident.canaryStops ?? incident.minutes) * MINUTE_MS;
  let round = 0;
  arrive(clock, START + (incident.canaryBegins ?? 0) * MINUTE_MS, canaryUntil, MINUTE_MS, () => void canary(round++));
  const lines: string[] = [];
  const print = (text: string): void => {
    printed.print(text);
    if (watcher) lines.push(...text.split('\n'));
  };
  await inVirtualWorld({ clock, print, ...aws }, async () => {
    await clock.runUntil(end);
    if (watcher === undefined) return;
    const looking = watcher.look({ now: end, config, env, lines, handle });
    // What is looked at answers on the virtual clock, too.
    await clock.runUntil(end + MINUTE_MS);
    await looking;
  });
  return printed.store;
}

function place(places: ReadonlyMap<string, SimulatedPlace>, host: string): SimulatedPlace {
  const found = places.get(host);
  if (found === undefined) throw new Error(`there is no host ${host}; there are ${[...places.keys()].join(', ')}`);
  return found;
}

export function scheduleFault(
  { hosts, models, from, to, fault, again = { every: 0, times: 1 } }: HostFault,
  clock: SimulatedClock,
  places: ReadonlyMap<string, SimulatedPlace>,
): void {
  for (const host of hosts) {
    const broken = place(places, host);
    for (let time = 0; time < again.times; time++) {
      const begin = (from + time * again.every) * MINUTE_MS;
      clock.timer(begin, () => broken.setFault(fault, models));
      clock.timer(begin + (to - from) * MINUTE_MS, () => broken.setFault(undefined));
    }
  }
}

/** Evenly spread, the first one half a step after the beginning. */
export function arrive(clock: SimulatedClock, from: number, until: number, everyMs: number, ask: () => void): void {
  const next = (at: number): void => {
    if (at >= until) return;
    clock.timer(at - clock.now(), () => {
      ask();
      next(at + everyMs);
    });
  };
  next(from + everyMs / 2);
}

/** What Lambda says of each invocation by itself. */
export function nativeMetrics(store: MetricStore, { functionName }: DeployedStack, began: number, ended: number): void {
  const dimensions = { FunctionName: functionName };
  const lambda = (name: string, at: number, value: number): void =>
    store.add({ namespace: 'AWS/Lambda', name, dimensions }, at, [value]);
  lambda('Invocations', began, 1);
  lambda('Errors', began, 0);
  lambda('Throttles', began, 0);
  lambda('Duration', ended, ended - began);
}
