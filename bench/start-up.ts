import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostConfig } from '../lib/contract';
import { SIMULATED_GOOGLE, startSimulatedHost } from '../local/hosts';
import { compare, type Figure } from './figures/figure';
import { Child, CORES } from './processes';
import { closedPort, configOf, deadHost, routerEnv, anthropicHost } from './setups';
import { median, spread } from './figures/statistics';

/** Seen from `bench/dist`. */
const DIST = join(process.argv[1]!, '../../../lambda/functions/router/dist');
const ENTRY = join(DIST, 'index.mjs');
/** `import"./x"` and `from"./x"`, but not `import("./x")`. */
const STATIC_IMPORT = /\b(?:import|from)\s*"(\.[^"]+)"/g;

/** Hosts whose adapters are loaded with their first request. */
const LAZY_HOSTS: Readonly<Record<string, (endpoint: string) => HostConfig>> = {
  'bedrock by InvokeModel': (endpoint) => bedrock(endpoint, 'invoke'),
  'bedrock by its Messages door': (endpoint) => bedrock(endpoint, 'messages'),
  vertex: (endpoint) => ({
    name: 'fallback',
    kind: 'vertex',
    endpoint,
    project: 'bench',
    location: 'global',
    federation: {
      audience: SIMULATED_GOOGLE.audience,
      tokenUrl: `${endpoint}/v1/token`,
    },
  }),
};

/** Every request comes to the broken host first, so that every one fails over. */
const NEVER_OPEN = { consecutiveFailures: 1000, errorRate: 1, minRequests: 1_000_000 };

/** What the function's cold start and its first failover cost. */
export async function measureStartUp(runs: number): Promise<Figure[]> {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: run \`npm run build\` first`);
  const figures = [sizeAtStart(), ...(await importTime(runs))];
  for (const [name, config] of Object.entries(LAZY_HOSTS)) figures.push(await firstFailover(name, config, runs));
  return figures;
}

function sizeAtStart(): Figure {
  const built = new Set(readdirSync(DIST, { recursive: true }).map((name) => join(DIST, String(name))));
  const loaded = new Set([ENTRY]);
  let bytes = 0;
  for (const file of loaded) {
    const text = readFileSync(file);
    bytes += text.length;
    for (const [, path = ''] of text.toString().matchAll(STATIC_IMPORT)) {
      const imported = join(file, '..', path);
      if (built.has(imported)) loaded.add(imported);
    }
  }
  const value = bytes / 1000;
  const shape = { unit: 'KB', comparison: '=', target: { atMost: 160 } } as const;
  return { what: 'code loaded at start', value, measured: spread([value]), ...shape };
}

/** On Node 24 this loads undici too; the function goes around that. */
const BARE_HTTP = "import 'node:http';";
/** Where that alone takes longer than usual, milliseconds say more of the machine than of the function. */
const USUAL_HTTP_MS = 18;
const MAX_IMPORT_MS = 25;

async function importTime(runs: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const modules = { empty: join(folder, 'empty.mjs'), http: join(folder, 'http.mjs'), router: ENTRY };
    writeFileSync(modules.empty, '');
    writeFileSync(modules.http, BARE_HTTP);
    const env = routerEnv(configOf([anthropicHost(1)]));
    const over = { http: [] as number[], router: [] as number[] };
    // The first time fetches the files from the disk.
    for (let run = 0; run <= runs; run++) {
      const empty = await fresh('import-time', modules.empty, env);
      const http = await fresh('import-time', modules.http, env);
      const router = await fresh('import-time', modules.router, env);
      if (run === 0) continue;
      over.http.push(http - empty);
      over.router.push(router - empty);
    }
    return importFigures(over);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importFigures({
  http,
  router,
}: {
  readonly http: readonly number[];
  readonly router: readonly number[];
}): Figure[] {
  const [base, value] = [median(http), median(router)];
  const ratios = router.map((time, at) => compare(time, http[at]!, 'x'));
  const isSlow = base > 1.2 * USUAL_HTTP_MS;
  const inMs = { what: 'import of the function, over an empty module', unit: 'ms', value, measured: spread(router) };
  const inTimes = { what: 'the same, over an import of node:http', unit: 'ms', base, value, measured: spread(ratios) };
  return [
    { ...inMs, comparison: '=', ...(!isSlow && { target: { atMost: MAX_IMPORT_MS } }) },
    { ...inTimes, comparison: 'x', ...(isSlow && { target: { atMost: MAX_IMPORT_MS / USUAL_HTTP_MS } }) },
  ];
}

async function firstFailover(name: string, config: (endpoint: string) => HostConfig, runs: number): Promise<Figure> {
  const { kind } = config('');
  const simulated = await startSimulatedHost({ kind, name, deltaDelayMs: 0 });
  try {
    const hosts = [deadHost(await closedPort(), NEVER_OPEN), config(simulated.url)];
    const env = routerEnv(configOf(hosts));
    const added: number[] = [];
    // The first one warms up the simulated host.
    for (let run = 0; run <= runs; run++) {
      const ms = await fresh('first-failover', ENTRY, env);
      if (run > 0) added.push(ms);
    }
    const value = median(added);
    const target = { atMost: 60 };
    return { what: `first failover to ${name}`, unit: 'ms', value, comparison: '=', measured: spread(added), target };
  } finally {
    await simulated.close();
  }
}

function bedrock(endpoint: string, door: 'invoke' | 'messages'): HostConfig {
  return { name: 'fallback', kind: 'bedrock', endpoint, region: 'us-east-1', door };
}

async function fresh(role: string, module: string, env: Readonly<Record<string, string>>): Promise<number> {
  const child = new Child(role, CORES.measured, { ...env, MODULE: module });
  try {
    return await child.hears<number>();
  } finally {
    child.stop();
  }
}
