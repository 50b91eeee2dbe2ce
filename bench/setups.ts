import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { ENV, type HostConfig, type RouteConfig, type RouterConfig } from '../lib/contract';
import { SIMULATED_GOOGLE } from '../local/hosts';
import { MODEL } from './answers';

const AWS = SIMULATED_GOOGLE.sessions[0]!;

/** Enough for every host's adapter; none of it is real. */
const CREDENTIALS = {
  BENCH_KEY: 'bench-key',
  // The simulated Google lets nobody else in.
  AWS_ACCESS_KEY_ID: AWS.accessKeyId,
  AWS_SECRET_ACCESS_KEY: AWS.secretAccessKey,
  AWS_REGION: 'us-east-1',
};

export function routerEnv(config: RouterConfig): Record<string, string> {
  return { ...CREDENTIALS, [ENV.CONFIG]: JSON.stringify(config) };
}

/** One chain for everything; as it comes, with logs and metrics. */
export function configOf(
  hosts: readonly HostConfig[],
  options: { readonly telemetry?: boolean; readonly route?: Partial<RouteConfig> } = {},
): RouterConfig {
  const { telemetry = true, route } = options;
  return {
    hosts,
    models: [MODEL],
    routes: [{ chain: hosts.map(({ name }) => name), ...route }],
    telemetry: { logs: telemetry, metrics: telemetry },
  };
}

export function anthropicHost(port: number): HostConfig {
  return { name: 'anthropic', kind: 'anthropic', endpoint: `http://127.0.0.1:${port}`, keys: [{ env: 'BENCH_KEY' }] };
}

/** A host that refuses connections, and is moved on from at once. */
export function deadHost(port: number, breaker: HostConfig['breaker'] = {}): HostConfig {
  return { ...anthropicHost(port), name: 'dead', retry: { quickRetries: 0 }, breaker };
}

export async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
