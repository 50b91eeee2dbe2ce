import { ENV, type StackDescription } from '../lib/contract';
import { startConsole } from '../console/server/start-console';
import { createHealthStore } from '../lambda/gateway/state/health-store';
import { LineStore } from './console/line-store';
import { createLocalSource } from './console/local-source';
import { tapLog } from './console/log-tap';
import { createDemoFaults } from './demo/demo-faults';
import { readOptions, USAGE, type DemoOptions } from './demo/demo-options';
import { findRealChain } from './demo/real-chain';
import { Scoreboard } from './demo/scoreboard';
import { startSimulatedChain } from './demo/simulated-chain';
import { createTraffic } from './demo/traffic';
import { welcome } from './demo/welcome';
import { startFrontDoor } from './front-door/front-door';
import { loadLambda } from './front-door/lambda-shim';
import { startHealthTable } from './health-table/health-table';

/** From local/dist, where the bundle of this lives. */
const ROOT = new URL('../../', import.meta.url);
/** Looking costs nothing here. */
const LOOK_MS = 1000;

async function start(options: DemoOptions): Promise<void> {
  const real = options.real ? findRealChain(process.env) : undefined;
  const chain = real ?? (await startSimulatedChain(options, process.env));
  // The function reads it when it is loaded.
  process.env[ENV.CONFIG] = JSON.stringify(chain.config);
  const region = (process.env['AWS_REGION'] ||= 'us-east-1');
  const table = await startHealthTable('health');
  process.env[ENV.HEALTH_TABLE] = table.name;
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = table.endpoint;
  const lines = new LineStore();
  tapLog((line) => lines.take(line), options.logs);
  const lambda = await loadLambda(new URL('lambda/functions/router/dist/index.mjs', ROOT));
  const door = await startFrontDoor(lambda, options.port);
  const board = new Scoreboard(chain.hosts[0]?.name ?? '', Date.now);
  const traffic = createTraffic(door.url, chain, board);
  const { key, config } = chain;
  // The table asks for a signature and knows nobody.
  const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_SESSION_TOKEN: '' };
  const store = createHealthStore(table.name, { ...process.env, ...credentials });
  const stack: StackDescription = {
    url: door.url,
    region,
    healthTable: { name: table.name, endpoint: table.endpoint },
    key,
  };
  const page = await startConsole({
    sources: [createLocalSource({ name: real ? 'real hosts' : 'demo', url: door.url, key, config, store, lines })],
    canOperate: true,
    port: options.pagePort,
    page: new URL('console/dist/', ROOT),
    everyMs: LOOK_MS,
    faults: createDemoFaults({ chain, board, traffic, isSteady: options.traffic }),
    files: { '/stack.json': stack },
  });
  if (options.traffic) traffic.start();
  console.log(welcome(door.url, page.url, chain, real?.missing ?? []));

  const stop = async (): Promise<void> => {
    traffic.stop();
    await Promise.all([page.close(), door.close()]);
    await Promise.all([chain.close(), table.close()]);
    // The function keeps its connections, as it would on Lambda.
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

try {
  const args = process.argv.slice(2);
  if (args.includes('--help')) console.log(USAGE);
  else await start(readOptions(args, process.env));
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
