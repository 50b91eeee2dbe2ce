import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromPyPI } from './install';
import { startPeer } from './peer-process';
import {
  isAnthropic,
  nameAt,
  RETRIES,
  TIMEOUT_S,
  UPSTREAM_KEY,
  UPSTREAM_MODEL,
  type Peer,
  type PeerChain,
} from './peer';

const VERSION = '0.1.0';
/** One of its variants is drawn by weight, in steps of a thousandth: this one always. The rest is the fallback, in order. */
const ALWAYS = 1_000_000;

/** rolter, a gateway in Rust. What it calls a retry is always another target. */
export const rolter: Peer = {
  name: 'rolter',
  version: VERSION,
  setUp: `a variant a host, the first drawn always; max_retries ${RETRIES}, request_secs ${TIMEOUT_S}; otherwise as it comes`,
  install: () => installFromPyPI(`rolter-${VERSION}`, [`rolter==${VERSION}`]),
  async start(folder, chains, core) {
    const config = join(folder, `config-${process.pid}.toml`);
    writeFileSync(config, toToml(configOf(chains.filter(isAnthropic))));
    const { port, ...running } = await startPeer(
      (free) => [join(folder, 'bin/rolter'), 'gateway', '-c', config, '--host', '127.0.0.1', '--port', String(free)],
      {},
      '/healthz',
      core,
    );
    return {
      ...running,
      target(chain) {
        if (!isAnthropic(chain))
          return 'reaches the clouds by their OpenAI doors, which the simulated hosts do not have';
        const names = chain.hosts.map((_, at) => nameAt(chain, at));
        return {
          url: `http://127.0.0.1:${port}`,
          model: chain.model,
          headers: {},
          only: { body: { model: `${names[0]!}/${UPSTREAM_MODEL}` } },
          servedBy: (headers) => {
            const at = names.indexOf(headers['x-rolter-provider'] ?? '');
            return at < 0 ? undefined : at;
          },
        };
      },
    };
  },
};

function configOf(chains: readonly PeerChain[]): object {
  return {
    providers: chains.flatMap((chain) =>
      chain.hosts.map(({ url }, at) => ({
        name: nameAt(chain, at),
        kind: 'anthropic',
        api_base: url,
        api_key: UPSTREAM_KEY,
      })),
    ),
    routes: chains.map((chain) => ({
      model: chain.model,
      variants: chain.hosts.map((_, at) => ({
        name: nameAt(chain, at),
        weight: at === 0 ? ALWAYS : 1,
        targets: [{ provider: nameAt(chain, at), model: UPSTREAM_MODEL }],
      })),
    })),
    retry: { max_retries: RETRIES },
    timeouts: { request_secs: TIMEOUT_S },
  };
}

const toToml = (config: object): string =>
  Object.entries(config)
    .map(([key, value]) => `${key} = ${inline(value)}\n`)
    .join('');

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, each]) => `${key} = ${inline(each)}`)
    .join(', ')} }`;
}
