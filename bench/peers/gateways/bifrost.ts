import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installOnce } from './install';
import { startPeer } from './peer-process';
import { isAnthropic, nameAt, RETRIES, TIMEOUT_S, UPSTREAM_KEY, UPSTREAM_MODEL, type Peer } from './peer';

const VERSION = 'v1.6.2';

/** Maxim's Bifrost, built from its Go module; set up after its documentation, since where this was written it could not be had. */
export const bifrost: Peer = {
  name: 'Bifrost',
  version: VERSION,
  setUp: `custom Anthropic providers with max_retries ${RETRIES}, timeouts of ${TIMEOUT_S} s; fallbacks in the request`,
  install: () =>
    installOnce(`bifrost-${VERSION}`, (folder) => [
      [
        'env',
        `GOBIN=${folder}`,
        'nice',
        'go',
        'install',
        '-p=1',
        `github.com/maximhq/bifrost/transports/bifrost-http@${VERSION}`,
      ],
    ]),
  async start(folder, chains, core) {
    const data = join(folder, `data-${process.pid}`);
    mkdirSync(data, { recursive: true });
    const served = chains.filter(isAnthropic);
    const providers = served.flatMap((chain) =>
      chain.hosts.map(({ url }, at) => [nameAt(chain, at), provider(url)] as const),
    );
    const client = { drop_excess_requests: false, enable_logging: false };
    writeFileSync(
      join(data, 'config.json'),
      JSON.stringify({ client, providers: Object.fromEntries(providers), config_store: { enabled: false } }),
    );
    const { port, ...running } = await startPeer(
      (free) => [join(folder, 'bifrost-http'), '-app-dir', data, '-host', '127.0.0.1', '-port', String(free)],
      {},
      '/health',
      core,
    );
    return {
      ...running,
      target(chain) {
        if (!isAnthropic(chain)) return 'only its Anthropic providers are set up here';
        const names = chain.hosts.map((_, at) => `${nameAt(chain, at)}/${UPSTREAM_MODEL}`);
        return {
          url: `http://127.0.0.1:${port}/anthropic`,
          model: names[0]!,
          headers: { 'x-api-key': UPSTREAM_KEY },
          body: { fallbacks: names.slice(1) },
          only: { body: { fallbacks: [] } },
        };
      },
    };
  },
};

function provider(url: string): object {
  return {
    keys: [{ name: 'key', value: UPSTREAM_KEY, models: ['*'], weight: 1 }],
    network_config: {
      base_url: url,
      allow_private_network: true,
      default_request_timeout_in_seconds: TIMEOUT_S,
      stream_idle_timeout_in_seconds: TIMEOUT_S,
      max_retries: RETRIES,
    },
    custom_provider_config: { base_provider_type: 'anthropic' },
  };
}
