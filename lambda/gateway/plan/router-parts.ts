import { type HostConfig, isClaudeHost, type RetryConfig, type RouterConfig } from '../../../lib/contract';
import { resolveModels, type ModelCatalog } from '../../../lib/catalog/resolve';
import type { Clock } from '../../engine/time/clock';
import type { Host } from '../../engine/host';
import { KeyPool } from '../../engine/health/key-pool';
import type { ConfiguredHost } from '../../engine/chain/plan';
import { createHost } from '../../hosts/create-host';
import { Transport } from '../../hosts/transport/transport';
import { ConfigError } from '../config/read-config';
import { pseudonymOf } from './pseudonym';
import { missingKeys } from '../config/key-checks';

/** What a configuration stands for, before anything is known of any host. */
export interface RouterParts {
  readonly models: ModelCatalog;
  readonly transport: Transport;
  readonly pseudonym: () => string;
  /** Every host with none of its keys set aside; connections and tokens are shared. */
  configuredHosts(): ReadonlyMap<string, ConfiguredHost>;
}

const DEFAULT_RETRY: Required<RetryConfig> = { quickRetries: 1, quickRetryMaxMs: 500, rateLimitWaitMaxMs: 2000 };

/** Throws a `ConfigError` for keys the environment lacks. */
export function createParts(
  config: RouterConfig,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  transport = new Transport(),
): RouterParts {
  const problems = missingKeys(config, env);
  if (problems.length > 0) throw new ConfigError(problems);
  const models = resolveModels(config.models);
  const hasOthers = !config.hosts.every(isClaudeHost);
  let name: string | undefined;
  const pseudonym = (): string => (name ??= pseudonymOf(config, env));
  const deps = { models, env, clock, transport, hasOthers, pseudonym };
  const hosts = config.hosts.map((host) => [createHost(host, deps), host] as const);
  return {
    models,
    transport,
    pseudonym,
    configuredHosts: () => new Map(hosts.map(([host, hostConfig]) => [host.name, configured(host, hostConfig)])),
  };
}

function configured(host: Host, config: HostConfig): ConfiguredHost {
  return {
    host,
    keys: host.keys.length > 0 ? new KeyPool(host.keys) : undefined,
    retry: { ...DEFAULT_RETRY, ...config.retry },
    timeouts: config.timeouts,
  };
}
