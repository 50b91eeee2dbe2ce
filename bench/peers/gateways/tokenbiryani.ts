import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromPyPI } from './install';
import { startPeer } from './peer-process';
import {
  AWS_KEYS,
  nameAt,
  RETRIES,
  TIMEOUT_S,
  UPSTREAM_KEY,
  UPSTREAM_MODEL,
  type Peer,
  type PeerChain,
  type PeerHost,
} from './peer';

const VERSION = '0.2.0';
/** Its sixteen would refuse what the bench sends at once. */
const AT_ONCE = 64;
/** Of all hosts together: two retries at each of two. The first is asked again until its breaker opens, at five failures. */
const ATTEMPTS = 2 * (RETRIES + 1);

/** tokenbiryani pools accounts of Claude alone: an account a host, and a virtual key a chain, which names its accounts. */
export const tokenbiryani: Peer = {
  name: 'tokenbiryani',
  version: VERSION,
  setUp: `strategy priority, max_attempts ${ATTEMPTS}, request_timeout_seconds ${TIMEOUT_S}, max_concurrency ${AT_ONCE}; otherwise as it comes`,
  install: () => installFromPyPI(`tokenbiryani-${VERSION}`, [`tokenbiryani[bedrock]==${VERSION}`]),
  async start(folder, chains, core) {
    const config = join(folder, `config-${process.pid}.yaml`);
    // JSON is YAML.
    writeFileSync(config, JSON.stringify(configOf(chains.filter((chain) => foreignTo(chain) === undefined))));
    const { port, ...running } = await startPeer(
      (free) => {
        const command = ['--config', config, 'serve', '--host', '127.0.0.1', '--port', String(free)] as const;
        return [join(folder, 'bin/tokenbiryani'), ...command, '--log-level', 'error'];
      },
      { AWS_ACCESS_KEY_ID: AWS_KEYS.id, AWS_SECRET_ACCESS_KEY: AWS_KEYS.secret },
      '/healthz',
      core,
    );
    return {
      ...running,
      target(chain) {
        const foreign = foreignTo(chain);
        if (foreign) return `its ${foreign.kind} credentials cannot be exchanged at a simulated host`;
        return {
          url: `http://127.0.0.1:${port}`,
          model: UPSTREAM_MODEL,
          headers: { 'x-api-key': keyOf(chain) },
          only: { headers: { 'x-api-key': keyOf(chain, 'first') } },
          servedBy: (headers) => {
            const at = chain.hosts.findIndex((_, host) => nameAt(chain, host) === headers['x-tokenbiryani-account']);
            return at < 0 ? undefined : at;
          },
        };
      },
    };
  },
};

const foreignTo = ({ hosts }: PeerChain) => hosts.find(({ kind }) => kind !== 'anthropic' && kind !== 'bedrock');
const keyOf = ({ model }: PeerChain, which = 'all') => `bir_${model}-${which}`;

function configOf(chains: readonly PeerChain[]): object {
  return {
    routing: { strategy: 'priority' },
    retry: { max_attempts: ATTEMPTS },
    server: { request_timeout_seconds: TIMEOUT_S },
    accounts: chains.flatMap((chain) =>
      chain.hosts.map((host, at) => ({
        id: nameAt(chain, at),
        priority: chain.hosts.length - at,
        max_concurrency: AT_ONCE,
        base_url: host.url,
        ...accountOf(host),
      })),
    ),
    keys: chains.flatMap((chain) => {
      const pool = chain.hosts.map((_, at) => nameAt(chain, at));
      return [
        { key: keyOf(chain), name: keyOf(chain), pool },
        { key: keyOf(chain, 'first'), name: keyOf(chain, 'first'), pool: pool.slice(0, 1) },
      ];
    }),
  };
}

function accountOf({ kind, region }: PeerHost): object {
  if (kind === 'anthropic') return { type: 'anthropic_api', api_key: UPSTREAM_KEY };
  const profile = `global.anthropic.${UPSTREAM_MODEL}`;
  return { type: 'bedrock', options: { region, model_map: { [UPSTREAM_MODEL]: profile } } };
}
