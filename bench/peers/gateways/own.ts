import { resolve } from 'node:path';
import type { ModelConfig, RouterConfig } from '../../../lib/contract';
import { Child } from '../../processes';
import { routerEnv } from '../../setups';
import { RETRIES, UPSTREAM_MODEL, type Peer, type PeerChain } from './peer';

/** This project's router, started as the others are. */
function own(name: string, setUp: string, role: string, env: Readonly<Record<string, string>> = {}): Peer {
  return {
    name,
    version: '',
    setUp,
    install: () => Promise.resolve('.'),
    async start(_folder, chains, core = '0') {
      const child = new Child(role, core, { ...routerEnv(configOf(chains)), ...env });
      const port = await child.hears<number>();
      return {
        pid: child.pid,
        target: ({ model }) => ({ url: `http://127.0.0.1:${port}`, headers: { 'x-api-key': 'bench' }, model }),
        stop: () => Promise.resolve(child.stop()),
      };
    },
  };
}

const SET_UP = `${RETRIES} retries; no logs, no metrics; otherwise as it comes`;
export const router = own('this router', `plain Node server; ${SET_UP}`, 'router');
export const lambda = own(
  'this router, Lambda',
  `the bundle behind local/front-door’s shim; ${SET_UP}`,
  'lambda-door',
  {
    MODULE: resolve('lambda/functions/router/dist/index.mjs'),
  },
);

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
    telemetry: { logs: false, metrics: false },
  };
}
