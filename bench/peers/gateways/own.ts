import { resolve } from 'node:path';
import type { ModelConfig, RouterConfig } from '../../../lib/contract';
import { Child } from '../../processes';
import { routerEnv } from '../../setups';
import { RETRIES, UPSTREAM_MODEL, type Peer, type PeerChain } from './peer';

interface Own {
  readonly name: string;
  readonly setUp: string;
  readonly role: string;
  readonly env?: Readonly<Record<string, string>>;
  /** @default - as it comes: logs and metrics */
  readonly telemetry?: RouterConfig['telemetry'];
}

/** This project's router, started as the others are. */
function own({ name, setUp, role, env, telemetry }: Own): Peer {
  return {
    name,
    version: '',
    setUp: `${setUp}; ${RETRIES} retries, otherwise as it comes`,
    install: () => Promise.resolve('.'),
    async start(_folder, chains, core = '0') {
      const child = new Child(role, core, {
        ...routerEnv({ ...configOf(chains), ...(telemetry && { telemetry }) }),
        ...env,
      });
      const port = await child.hears<number>();
      return {
        pid: child.pid,
        target: ({ model }) => ({ url: `http://127.0.0.1:${port}`, headers: { 'x-api-key': 'bench' }, model }),
        stop: () => Promise.resolve(child.stop()),
      };
    },
  };
}

const MODULE = resolve('lambda/functions/router/dist/index.mjs');
export const OWN: readonly Peer[] = [
  own({ name: 'this router', setUp: 'plain Node server, with logs and metrics', role: 'router' }),
  own({
    name: 'this router, quiet',
    setUp: 'the same without logs and metrics',
    role: 'router',
    telemetry: { logs: false, metrics: false },
  }),
  own({
    name: 'this router, Lambda',
    setUp: 'the bundle behind local/front-door’s shim, with logs and metrics',
    role: 'lambda-door',
    env: { MODULE },
  }),
];

function configOf(chains: readonly PeerChain[]): RouterConfig {
  const hostName = (chain: number, host: number) => `h${chain}-${host}`;
  return {
    hosts: chains.flatMap(({ hosts }, chain) =>
      hosts.map(({ url }, host) => ({
        name: hostName(chain, host),
        kind: 'anthropic' as const,
        endpoint: url,
        keys: [{ env: 'BENCH_KEY' }],
        retry: { quickRetries: RETRIES },
      })),
    ),
    models: chains.map(({ model }): string | ModelConfig =>
      model === UPSTREAM_MODEL ? model : { id: model, on: { anthropic: model } },
    ),
    routes: chains.map(({ model, hosts }, chain) => ({
      models: [model],
      chain: hosts.map((_, host) => hostName(chain, host)),
    })),
  };
}
