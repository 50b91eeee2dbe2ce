import { join } from 'node:path';
import { installOnce } from './install';
import { startPeer } from './peer-process';
import { RETRIES, TIMEOUT_S, UPSTREAM_KEY, type Peer, type PeerChain } from './peer';

const VERSION = '1.15.2';
/** What its own ranges resolve to today answers every streaming request with 500: from node-server 1.14 on, headers it appends to are immutable. */
const PINS = ['hono@4.9.7', '@hono/node-server@1.13.8', '@hono/node-ws@1.2.0'];

/** Portkey's open gateway: everything about a request stands in its own header. */
export const portkey: Peer = {
  name: 'Portkey OSS',
  version: VERSION,
  setUp: `x-portkey-config: strategy fallback, each target with ${RETRIES} retries and use_retry_after_header, request_timeout ${TIMEOUT_S} s`,
  install: () =>
    installOnce(`portkey-${VERSION}`, () => [
      ['npm', 'init', '--yes'],
      ['npm', 'install', '--save-exact', '--no-audit', '--no-fund', `@portkey-ai/gateway@${VERSION}`, ...PINS],
    ]),
  async start(folder, _chains, core) {
    const entry = join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
    const { port, ...running } = await startPeer(
      (free) => [process.execPath, entry, '--headless', `--port=${free}`],
      { NODE_ENV: 'production' },
      '/',
      core,
    );
    return {
      ...running,
      target(chain) {
        const foreign = chain.hosts.find(({ kind }) => kind !== 'anthropic');
        if (foreign) return `reaches ${foreign.kind} by another API (Converse) or address than the simulated host has`;
        return {
          url: `http://127.0.0.1:${port}`,
          model: 'claude-opus-5-5',
          headers: { 'x-portkey-config': configOf(chain.hosts) },
          only: { headers: { 'x-portkey-config': configOf(chain.hosts.slice(0, 1)) } },
          servedBy: (headers) => place(headers['x-portkey-last-used-option-index']),
        };
      },
    };
  },
};

function configOf(hosts: PeerChain['hosts']): string {
  return JSON.stringify({
    strategy: { mode: 'fallback' },
    request_timeout: TIMEOUT_S * 1000,
    targets: hosts.map(({ url }) => ({
      provider: 'anthropic',
      api_key: UPSTREAM_KEY,
      custom_host: `${url}/v1`,
      retry: { attempts: RETRIES, use_retry_after_header: true },
    })),
  });
}

/** `config.targets[1]` */
function place(index: string | undefined): number | undefined {
  const [, at] = /\[(\d+)\]$/.exec(index ?? '') ?? [];
  return at === undefined ? undefined : Number(at);
}
