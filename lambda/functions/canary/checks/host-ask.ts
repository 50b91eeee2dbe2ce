import { CANARY_CLIENT, type RouterConfig } from '../../../../lib/contract';
import type { Clock, Random } from '../../../engine/time/clock';
import { type AskAfresh, createAskAfresh } from '../../../gateway/ask-afresh';
import type { Client } from '../../../gateway/plan/clients';
import type { Transport } from '../../../hosts/transport/transport';
import { CHECK_DEADLINE_MS } from './check';

export type HostAsk = AskAfresh;

const CANARY: Client = { name: CANARY_CLIENT, may: new Set(['only']) };

/** Asks every host of a router's configuration by name. */
export const createHostAsk = (
  config: RouterConfig,
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
  random: Random,
  given?: Transport,
): HostAsk => createAskAfresh(withoutHaste(config), CANARY, env, clock, random, given);

/** The check itself says what is too late, and repeats what failed: a host is to show what is wrong with it. */
function withoutHaste(config: RouterConfig): RouterConfig {
  const wait = CHECK_DEADLINE_MS;
  const budget = { deadlineMs: wait, headersMs: wait, firstContentMs: wait, idleMs: wait };
  return {
    ...config,
    hosts: config.hosts.map(({ timeouts: _, ...host }) => ({
      ...host,
      retry: { quickRetries: 0, rateLimitWaitMaxMs: 0 },
    })),
    routes: [{ chain: config.hosts.map(({ name }) => name), budget }],
  };
}
