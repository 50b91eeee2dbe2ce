import type { GatewayRequest, GatewayResponse } from '../../../lambda/engine/gateway';
import { createOperations, TableError } from '../../../local/health-table/table-operations';
import { awsAgent } from '../../../local/virtual/aws-agent';
import { RouterFleet } from '../../../local/virtual/router-fleet';
import { SimulatedClock } from '../../../local/virtual/simulated-clock';
import { VirtualTransport } from '../../../local/virtual/virtual-transport';
import { inVirtualWorld, repeatableRandom } from '../../../local/virtual/virtual-world';
import { MINUTE_MS, replay, type Timeline } from '../cloudwatch/replay';
import type { DeployedStack } from '../incident/deployed-stack';
import { PrintedMetrics } from '../incident/printed-metrics';
import { type RequestShape, requestBody } from '../incident/request-shapes';
import { arrive, MODEL, nativeMetrics, scheduleFault, START } from '../incident/run-incident';
import { respond } from '../incident/simulated-aws';
import { simulatedCanary } from '../incident/simulated-canary';
import { endpointOf, functionEnv, simulatedConfig } from '../incident/simulated-config';
import { SimulatedPlace } from '../incident/simulated-place';
import { type DeployedPair, PAIR_REGIONS, type PairRegion } from './deployed-pair';
import type { PairIncident } from './pair-incident';

/** Until Route 53 has noticed, with looks every thirty seconds, and resolvers have forgotten. */
const MOVED_MS = 2.5 * MINUTE_MS;
const FORBIDDEN = () =>
  new Response('{"message":"Forbidden"}', { status: 403, headers: { 'content-type': 'application/json' } });

/** The alarms of both regions over what their routers and canaries print, which look at each other and at each other's alarms. */
export async function runPair(
  incident: PairIncident,
  pair: DeployedPair,
): Promise<Readonly<Record<PairRegion, Timeline>>> {
  const clock = new SimulatedClock(START);
  const end = START + incident.minutes * MINUTE_MS;
  const isLost = (region: PairRegion, what: 'all' | 'api'): boolean => {
    const minute = (clock.now() - START) / MINUTE_MS;
    return (incident.losses ?? []).some(
      (loss) =>
        loss.region === region &&
        (loss.what === what || loss.what === 'all') &&
        minute >= loss.from &&
        minute < loss.to,
    );
  };
  const hosts = PAIR_REGIONS.flatMap((region) => simulatedConfig(pair[region].config).hosts);
  const places = new Map(hosts.map((host) => [host.name, new SimulatedPlace(host, clock)]));
  const transport = new VirtualTransport(
    new Map(hosts.map((host) => [new URL(endpointOf(host)).host, places.get(host.name)!])),
  );
  const world = { clock, random: repeatableRandom(), transport };
  const regions = PAIR_REGIONS.map((region) => regionIn(region, pair[region], world));
  const alarmsUntilNow = ({ printed, stack }: Region) =>
    replay(stack.alarms, printed.store, START + MINUTE_MS, Math.max(clock.now(), START + MINUTE_MS));

  const perform = (target: string, asked: unknown): object => {
    const [, operation = ''] = target.split('.');
    const { TableName, AlarmNamePrefix = '' } = asked as { TableName?: string; AlarmNamePrefix?: string };
    if (operation === 'DescribeAlarms') {
      const region = regions.find(({ name }) => AlarmNamePrefix.includes(name))!;
      if (isLost(region.name, 'all')) throw refused(region.name);
      const on = [...alarmsUntilNow(region).states].flatMap(([AlarmName, state]) =>
        state === 'ALARM' ? [{ AlarmName }] : [],
      );
      return { MetricAlarms: on.filter(({ AlarmName }) => AlarmName.startsWith(AlarmNamePrefix)), CompositeAlarms: [] };
    }
    const ofTable = regions.find(({ name }) => name === TableName)?.table[operation];
    if (ofTable === undefined) throw new TableError('UnknownOperationException', `${target} is not simulated`);
    return ofTable(asked);
  };
  const fetch = async (resource: unknown, { method = 'GET', headers, body }: RequestInit = {}): Promise<Response> => {
    const { hostname, pathname: path } = new URL(String(resource));
    const region = regions.find(({ name }) => hostname.startsWith(`${name}.`))!;
    if (isLost(region.name, 'all')) throw new Error('connect ETIMEDOUT');
    if (isLost(region.name, 'api')) return FORBIDDEN();
    const bytes = (body as Uint8Array | undefined) ?? new Uint8Array();
    return respond(
      await region.handle(request('canary', method, path, bytes, Object.fromEntries(new Headers(headers)))),
    );
  };

  let number = 0;
  const lostSince = new Map<PairRegion, number>();
  const ask = async (home: PairRegion, shape: RequestShape): Promise<void> => {
    const isAway = isLost(home, 'api');
    if (!isAway) lostSince.delete(home);
    else if (!lostSince.has(home)) lostSince.set(home, clock.now());
    // Before Route 53 has moved it, the client gets nothing.
    if (isAway && clock.now() - lostSince.get(home)! < MOVED_MS) return;
    const region = regions.find(({ name }) => (name === home) !== isAway)!;
    const bytes = requestBody(shape, MODEL, ++number);
    const { body } = await region.handle(
      request('default', 'POST', '/v1/messages', bytes, {
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
      }),
    );
    if (!(body instanceof Uint8Array)) for await (const _piece of body);
  };

  for (const fault of incident.faults ?? []) scheduleFault(fault, clock, places);
  incident.traffic.forEach(({ from, perMinute }, at) => {
    const until = START + (incident.traffic[at + 1]?.from ?? incident.minutes) * MINUTE_MS;
    for (const home of incident.clients ?? [PAIR_REGIONS[0]]) {
      for (const [shape, rate] of Object.entries(perMinute) as [RequestShape, number][]) {
        arrive(clock, START + from * MINUTE_MS, until, MINUTE_MS / rate, () => void ask(home, shape));
      }
    }
  });
  for (const { name, stack, canary } of regions) {
    let round = 0;
    const every = stack.canary.intervalMinutes * MINUTE_MS;
    arrive(clock, START, end, every, () => void (isLost(name, 'all') || canary(round++)));
  }
  const print = (text: string): void => regions.forEach(({ printed }) => printed.print(text));
  await inVirtualWorld(
    {
      clock,
      print,
      fetch: fetch as typeof globalThis.fetch,
      agent: awsAgent(clock, perform, () => ({ value: 'simulated-gateway-key' })),
    },
    () => clock.runUntil(end),
  );
  return Object.fromEntries(
    regions.map((region) => [region.name, heard(alarmsUntilNow(region), incident, region.name)]),
  ) as Record<PairRegion, Timeline>;
}

/** As what is not tried again: the pause before that would be by the real clock. */
const refused = (region: string): TableError => new TableError('AccessDenied', `nobody answers in ${region}`, 403);

/** A region that is lost as a whole tells nobody. */
const heard = (timeline: Timeline, { losses = [] }: PairIncident, region: PairRegion): Timeline => ({
  ...timeline,
  notifications: timeline.notifications.filter(({ at }) => {
    const minute = (at - START) / MINUTE_MS;
    return !losses.some(
      (loss) => loss.region === region && loss.what === 'all' && minute >= loss.from && minute < loss.to,
    );
  }),
});

interface World {
  readonly clock: SimulatedClock;
  readonly random: () => number;
  readonly transport: VirtualTransport;
}
type Region = ReturnType<typeof regionIn>;

function regionIn(name: PairRegion, stack: DeployedStack, world: World) {
  const config = simulatedConfig(stack.config);
  // Tables are called by their regions.
  const env = functionEnv(stack.service, name);
  const fleet = new RouterFleet(config, env, world);
  const printed = new PrintedMetrics();
  return {
    name,
    stack,
    printed,
    table: createOperations(name, () => world.clock.now()),
    canary: simulatedCanary(config, stack.canary, env, world),
    handle(asked: GatewayRequest): Promise<GatewayResponse> {
      const began = world.clock.now();
      return fleet.handle(asked, () => nativeMetrics(printed.store, stack, began, world.clock.now()));
    },
  };
}

let requests = 0;
const request = (
  client: string,
  method: string,
  path: string,
  body: Uint8Array,
  headers: Record<string, string>,
): GatewayRequest => ({
  ...{ id: `gw_pair_${++requests}`, method, path, query: '', headers, body, client },
  timeLeftMs: 840_000,
});
