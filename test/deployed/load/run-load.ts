import { setTimeout as sleep } from 'node:timers/promises';
import { priceOf } from '../../../lib/catalog/prices';
import type { Fault, SimulatedHost } from '../../../local/hosts';
import { readLog, type Logged } from './log-lines';
import { play, type PlayedRequest, type LoadTarget } from './player';
import { reconcile, type HostBooks } from './reconcile';
import { numberOf, schedule, warmUp } from './schedule';

/** A gateway with simulated hosts behind it. */
export interface GatewayUnderLoad extends LoadTarget {
  /** In the order of the chain. */
  readonly hosts: readonly HostUnderLoad[];
  /** Everything the router has written so far, line by line. */
  log(): readonly string[];
  /** Millionths of a dollar that the table says are spent, once nothing of it is on its way. @default - no spend limits */
  spent?(): Promise<number>;
}

export interface HostUnderLoad {
  readonly simulated: SimulatedHost;
  /** What it charges more than the list price, as a factor. */
  readonly surcharge: number;
}

/** When the primary failed, in milliseconds after the start. */
export interface Outage {
  readonly from: number;
  readonly until: number;
}

export interface LoadReport {
  readonly durationMs: number;
  readonly outage: Outage;
  readonly played: readonly PlayedRequest[];
  readonly hosts: readonly HostBooks[];
  readonly problems: readonly string[];
}

/** Broken off, failing inside a 200 stream, and refused: the primary goes down in all of these ways, one after the other. */
const WAYS_DOWN: readonly Fault[] = [
  { kind: 'reset' },
  { kind: 'error-in-stream', error: 'server-error' },
  { kind: 'server-error' },
];
/** Shares of the play. */
const [OUTAGE_FROM, OUTAGE_SHARE] = [0.4, 0.2];
/** Requests a simulated host remembers. */
const REMEMBERED = 1000;
const LOG_PATIENCE_MS = 5000;

export interface LoadOptions {
  readonly durationMs: number;
  /** Every so many requests of the sample. @default 1 - all of them */
  readonly step?: number;
  /** Processes that are started before. @default 0 */
  readonly processes?: number;
}

/** Plays the trace through a gateway, with an outage of its primary in the middle, and compares the books. */
export async function runLoad(
  gateway: GatewayUnderLoad,
  { durationMs, step = 1, processes = 0 }: LoadOptions,
): Promise<LoadReport> {
  await warm(gateway, processes);
  const planned = schedule(durationMs, step);
  const before = gateway.hosts.map(({ simulated }) => ({
    answered: simulated.answered,
    calls: simulated.requests.length,
  }));
  const written = gateway.log().length;
  const spentBefore = await gateway.spent?.();
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const [played, outage] = await Promise.all([
    play(gateway, planned, now),
    breakPrimary(gateway.hosts[0]!.simulated, durationMs, now),
  ]);
  const log = await settledLog(() => gateway.log().slice(written), planned.length);
  const hosts = gateway.hosts.map((host, index) => booksOf(host, before[index]!, gateway.model));
  const spent = spentBefore === undefined ? undefined : (await gateway.spent!()) - spentBefore;
  return { durationMs, outage, played, hosts, problems: reconcile(played, log, hosts, spent) };
}

/** Its answers, its log lines and what became of them are in nobody's books. */
async function warm(gateway: GatewayUnderLoad, processes: number): Promise<void> {
  const [began, written] = [performance.now(), gateway.log().length];
  const played = await play(gateway, warmUp(processes), () => performance.now() - began);
  await settledLog(() => gateway.log().slice(written), played.length);
}

async function breakPrimary(primary: SimulatedHost, durationMs: number, now: () => number): Promise<Outage> {
  await sleep(OUTAGE_FROM * durationMs);
  await primary.setFault(WAYS_DOWN[0]);
  const from = now();
  for (const way of WAYS_DOWN) {
    await primary.setFault(way);
    await sleep((OUTAGE_SHARE * durationMs) / WAYS_DOWN.length);
  }
  const until = now();
  await primary.setFault();
  return { from, until };
}

/** A client has its answer before the line about it is written. */
async function settledLog(read: () => readonly string[], requests: number): Promise<Logged> {
  const patience = Date.now() + LOG_PATIENCE_MS;
  for (;;) {
    const log = readLog(read());
    if (log.requests.length >= requests || Date.now() > patience) return log;
    await sleep(50);
  }
}

function booksOf(
  { simulated: host, surcharge }: HostUnderLoad,
  before: { readonly answered: number; readonly calls: number },
  model: string,
): HostBooks {
  if (host.requests.length >= REMEMBERED) throw new Error(`${host.name} no longer remembers all of its requests`);
  const asked = host.requests.slice(before.calls).map(({ body }) => numberOf(body.toString()));
  const list = priceOf(model);
  if (list === undefined) throw new Error(`${model} has no list price`);
  return {
    name: host.name,
    asked: asked.filter((number) => !Number.isNaN(number)),
    answered: host.answered - before.answered,
    price: (input, output) => ((input * list.input + output * list.output) * surcharge) / 1e6,
  };
}
