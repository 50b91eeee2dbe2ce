import type { ClaudeKind } from '../../lib/contract';
import type { Host } from '../../lib/hosts/host';
import { anthropic } from './anthropic';
import { bedrock } from './bedrock';
import { type ChainHostKind, type HostStack, type HostSurroundings, lackingFor } from './chain-host';
import { claudePlatformAws } from './claude-platform-aws';
import { foundry } from './foundry';
import { claudeMessages } from './messages';
import { vertex } from './vertex';

/** Every kind of host that `failover.config.ts` may name. */
export const CHAIN_HOSTS = {
  anthropic,
  bedrock,
  vertex,
  foundry,
  'claude-platform-aws': claudePlatformAws,
  messages: claudeMessages,
} satisfies Record<ClaudeKind | 'messages', object>;

type Kind = keyof typeof CHAIN_HOSTS;

type ChainHosts = { readonly [K in Kind]: Parameters<(typeof CHAIN_HOSTS)[K]['create']>[0] };
/** A host of `chain`. */
export type ChainHost = ChainHosts[Kind];

const kindOf = <Entry extends ChainHost>({ host }: Entry): ChainHostKind<Entry> =>
  CHAIN_HOSTS[host] as unknown as ChainHostKind<Entry>;

export const createChainHost = (entry: ChainHost, stack: HostStack): Host => kindOf(entry).create(entry, stack);

/** What the file lacks for its hosts, once for each kind of them. */
export function lackingForHosts(chain: readonly ChainHost[], surroundings: HostSurroundings): string[] {
  return lackingFor('chain', chain, kindOf, surroundings);
}
