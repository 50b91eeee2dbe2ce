import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Child, CORES } from '../processes';
import { closedPort } from '../setups';
import { describeMachine } from '../machine';
import { measureStartUp } from '../start-up';
import { runPeerRound, type PeerRound } from './experiments';
import { failoverTimes, startFailoverHosts } from './failover-times';
import { columnsOf } from './metrics';
import { UPSTREAM_MODEL, type PeerHost } from './gateways/peer';
import { markdownOf } from './markdown';
import type { PeerReport } from './peer-report';
import { measureRuntimeClient } from './runtime-client';
import { startWays, type Way } from './ways';

const USAGE = 'npm run bench:peers -- [--rounds <1 to 50>] [--json <file>]';
const ROUNDS = 5;
const START_UP_RUNS = 7;

/** Every gateway against the same upstream, in the same minutes on the same machine. */
export async function runPeers(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { rounds: { type: 'string' }, json: { type: 'string' } } });
  const count = Number(values.rounds ?? ROUNDS);
  if (!Number.isInteger(count) || count < 1 || count > 50) throw new Error(`--rounds: 1 to 50\nUsage: ${USAGE}`);
  const machine = describeMachine();
  say('start-up of the Lambda bundle');
  const startUp = (await measureStartUp(START_UP_RUNS)).map(({ what, unit, value }) => ({ what, unit, value }));
  say("the Lambda bundle under AWS's runtime client; the first time, that is built");
  const runtimeClient = await measureRuntimeClient();
  const report = { machine, rounds: count, startUp, runtimeClient, ...(await measure(count)) };
  console.log(markdownOf(report));
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

async function measure(count: number): Promise<Pick<PeerReport, 'ways' | 'speed' | 'failover'>> {
  const upstream = new Child('upstream', CORES.others);
  let client = await startClient();
  const hosts = await startFailoverHosts();
  const upstreamPort = await upstream.hears<number>();
  const host = (port: number): PeerHost => ({ kind: 'anthropic', url: `http://127.0.0.1:${port}` });
  const chains = {
    sound: { model: UPSTREAM_MODEL, hosts: [host(upstreamPort)] },
    broken: { model: 'claude-bench-broken', hosts: [host(await closedPort()), host(upstreamPort)] },
  };
  say('start of the gateways; the first time, they are installed');
  const ways = await startWays(upstreamPort, [...Object.values(chains), ...hosts.chains]);
  for (const { name, missing } of ways) if (missing !== undefined) say(`${name} is not here: ${missing}`);
  try {
    const rounds: PeerRound[] = [];
    // The first one warms up.
    for (let number = 0; number <= count; number += 1) {
      say(`round ${number} of ${count}`);
      // A client that an odd answer has upset does not measure the next one.
      client.stop();
      client = await startClient();
      const round = await runPeerRound(() => client, ways, chains, number);
      if (number > 0) rounds.push(round);
    }
    const failover = await failoverTimes(hosts, ways, (fault) => say(`fallback after: ${fault}`));
    return {
      ways: ways.map(toldOf),
      speed: columnsOf(rounds, ways),
      failover,
    };
  } finally {
    await Promise.all(ways.map((way) => way.stop()));
    client.stop();
    upstream.stop();
    await hosts.close();
  }
}

/** One that did not live to the end has figures that say nothing. */
function toldOf({ name, setUp, missing, ended }: Way): PeerReport['ways'][number] {
  const why = missing ?? ended?.();
  return { name, setUp, ...(why !== undefined && { missing: why }) };
}

async function startClient(): Promise<Child> {
  const client = new Child('client', CORES.others);
  await client.hears<number>();
  return client;
}

function say(what: string): void {
  console.error(what);
}
