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

/** Entries that differ in nothing but the model and its price are one host. */
export function createLastResort(entries: readonly LastResortHost[], stack: HostStack): LastResortLink[] {
  const keyOf = (entry: LastResortHost): string => JSON.stringify({ ...entry, model: undefined, price: undefined });
  const hosts = new Map<string, Host>();
  return entries.map((entry) => {
    const key = keyOf(entry);
    const priced = entries.flatMap((each) =>
      each.price !== undefined && keyOf(each) === key ? [[each.model, each.price] as const] : [],
    );
    const prices = priced.length > 0 ? Object.fromEntries(priced) : undefined;
    const host = hosts.get(key) ?? kindOf(entry).create(entry, { ...stack, prices });
    hosts.set(key, host);
    return { host, model: entry.model };
  });
}

export const lackingForLastResort = (entries: readonly LastResortHost[], surroundings: HostSurroundings): string[] =>
  lackingFor('lastResort', entries, kindOf, surroundings);
