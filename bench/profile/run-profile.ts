import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../figures/statistics';
import { Child, CORES } from '../processes';
import { anthropicHost, configOf, routerEnv } from '../setups';
import type { BenchRun, ProcessUsage } from '../workload';
import { sharesOf, type CpuProfile } from './attribute';

const FILE = 'bench/profile/profiles.json';
const ROUNDS = 3;

export const WORKLOADS = {
  'A unary request': { workload: 'short', stream: false, count: 6000, concurrency: 32 },
  'A stream of 200 events': { workload: 'burst', stream: true, count: 1500, concurrency: 8 },
} as const satisfies Readonly<Record<string, Omit<BenchRun, 'port'>>>;

/** What one version of the router spends its CPU on, in shares of a whole, which is so many times the do-nothing proxy's. */
export interface Profile {
  readonly timesProxy: number;
  readonly shares: Readonly<Record<string, number>>;
}
export type Profiles = Record<string, Record<string, Profile>>;

/** `npm run bench:profile -- <name> [bench.mjs of another version]`: measures, and keeps it under that name. */
export async function runProfile([name, script]: readonly string[]): Promise<void> {
  if (name === undefined) throw new Error('Usage: npm run bench:profile -- <name> [bench.mjs of another version]');
  const upstream = new Child('upstream', CORES.others);
  const client = new Child('client', CORES.others);
  const [port] = await Promise.all([upstream.hears<number>(), client.hears<number>()]);
  const profiles: Profiles = JSON.parse(readFileSync(FILE, 'utf8'));
  try {
    for (const [what, run] of Object.entries(WORKLOADS)) {
      const profile = await profileOf(client, port, run, script);
      profiles[what] = { ...profiles[what], [name]: profile };
      console.log(what, profile);
    }
  } finally {
    for (const child of [upstream, client]) child.stop();
  }
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value);
  writeFileSync(FILE, `${JSON.stringify(profiles, rounded, 2)}\n`);
}

/** How much, from processes that nobody looks at; what of it is what, from one that slows down because it is looked at. */
async function profileOf(client: Child, upstream: number, run: Omit<BenchRun, 'port'>, script?: string) {
  const proxyEnv = { UPSTREAM_PORT: String(upstream) };
  const env = routerEnv(configOf([anthropicHost(upstream)]));
  const proxy = new Child('pass-through', CORES.measured, proxyEnv);
  const router = new Child('router', CORES.measured, env, script);
  const ratios: number[] = [];
  const ports = { proxy: await proxy.hears<number>(), router: await router.hears<number>() };
  for (let round = 0; round <= ROUNDS; round++) {
    const base = await cpuOf(proxy, client, { ...run, port: ports.proxy });
    const own = await cpuOf(router, client, { ...run, port: ports.router });
    if (round > 0) ratios.push(own / base);
  }
  proxy.stop();
  router.stop();
  return { timesProxy: median(ratios), shares: await profiledShares(client, run, env, script) };
}

async function cpuOf(gateway: Child, client: Child, run: BenchRun): Promise<number> {
  const before = await gateway.ask<ProcessUsage>({});
  await client.ask(run);
  return (await gateway.ask<ProcessUsage>({})).cpuMicros - before.cpuMicros;
}

async function profiledShares(
  client: Child,
  run: Omit<BenchRun, 'port'>,
  env: Record<string, string>,
  script?: string,
) {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  try {
    const options = { NODE_OPTIONS: `--cpu-prof --cpu-prof-interval=200 --cpu-prof-dir=${folder}` };
    const router = new Child('router', CORES.measured, { ...env, ...options }, script);
    const port = await router.hears<number>();
    await client.ask({ ...run, port, count: 3 * run.count });
    await router.leave();
    const [file = ''] = readdirSync(folder);
    return sharesOf(JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
