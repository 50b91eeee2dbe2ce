import type { Host } from '../../lib/hosts/host';
import type { LastResortLink } from '../../lib/router/chain/last-resort-link';
import { azureOpenai } from './azure-openai';
import { bedrockModels } from './bedrock-models';
import { type ChainHostKind, type HostStack, type HostSurroundings, lackingFor } from './chain-host';
import { messages } from './messages';
import { openai, openaiCompatible } from './openai';
import { vertexGemini } from './vertex-gemini';

/** Every kind of host that `lastResort` in `failover.config.ts` may name. */
export const LAST_RESORT_HOSTS = {
  openai,
  'azure-openai': azureOpenai,
  'vertex-gemini': vertexGemini,
  'bedrock-models': bedrockModels,
  messages,
  'openai-compatible': openaiCompatible,
} satisfies Record<string, object>;

type Kind = keyof typeof LAST_RESORT_HOSTS;
type LastResortHosts = { readonly [K in Kind]: Parameters<(typeof LAST_RESORT_HOSTS)[K]['create']>[0] };
/** A link of `lastResort`. */
export type LastResortHost = LastResortHosts[Kind];

const kindOf = <Entry extends LastResortHost>({ host }: Entry): ChainHostKind<Entry> =>
  LAST_RESORT_HOSTS[host] as unknown as ChainHostKind<Entry>;

/** Entries that differ in nothing but the model are one host. */
export function createLastResort(entries: readonly LastResortHost[], stack: HostStack): LastResortLink[] {
  const hosts = new Map<string, Host>();
  return entries.map((entry) => {
    const key = JSON.stringify({ ...entry, model: undefined });
    const host = hosts.get(key) ?? kindOf(entry).create(entry, stack);
    hosts.set(key, host);
    return { host, model: entry.model };
  });
}

export const lackingForLastResort = (entries: readonly LastResortHost[], surroundings: HostSurroundings): string[] =>
  lackingFor('lastResort', entries, kindOf, surroundings);
