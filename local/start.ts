import { ENV } from '../lib/contract';
import { createDemo } from './demo/demo';
import { readOptions, USAGE, type DemoOptions } from './demo/demo-options';
import { startPageServer } from './demo/page-server';
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

async function start(options: DemoOptions): Promise<void> {
  const real = options.real ? findRealChain(options, process.env) : undefined;
  const chain = real ?? (await startSimulatedChain(options, process.env));
  // The function reads it when it is loaded.
  process.env[ENV.CONFIG] = JSON.stringify(chain.config);
  const region = (process.env['AWS_REGION'] ||= 'us-east-1');
  const table = await startHealthTable('health');
  process.env[ENV.HEALTH_TABLE] = table.name;
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = table.endpoint;
  const lambda = await loadLambda(new URL('lambda/functions/router/dist/index.mjs', ROOT));
  const door = await startFrontDoor(lambda, options.port);
  const board = new Scoreboard(chain.hosts[0]?.name ?? '', Date.now);
  const traffic = createTraffic(door.url, chain, board);
  const demo = createDemo({ gateway: door.url, chain, board, traffic, isSteady: options.traffic });
  const page = await startPageServer(demo, new URL('local/demo/page/', ROOT), options.pagePort, {
    url: door.url,
    region,
    healthTable: { name: table.name, endpoint: table.endpoint },
    key: chain.key,
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
