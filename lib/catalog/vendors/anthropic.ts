import {
  type BedrockProfile,
  type ClaudeName,
  CLAUDE_KINDS,
  CLAUDE_KIND_FACTS,
  type ClaudeKindFacts,
} from '../../contract';
import type { Model, ModelPrice, TokenPrices, Vendor } from '../model';

/** What every kind of host calls a model, as far as the kind has it. */
const everywhere = (model: ClaudeName, serves: (kind: ClaudeKindFacts<never>) => boolean = () => true): Model['on'] =>
  Object.fromEntries(
    CLAUDE_KINDS.filter((kind) => serves(CLAUDE_KIND_FACTS[kind])).map((kind) => [
      kind,
      CLAUDE_KIND_FACTS[kind].claudeId(model),
    ]),
  );

/** Released before 4.6: ids with a date. */
const dated = (
  name: string,
  date: string,
  displayName: string,
  createdAt: string,
  bedrockProfiles: readonly BedrockProfile[],
): Model => ({
  id: `${name}-${date}`,
  aliases: [name],
  displayName,
  createdAt,
  on: everywhere({ name, date }),
  bedrockProfiles,
  bedrockMessages: false,
});

/** From 4.6 on: one id nearly everywhere. */
const dateless = (
  id: string,
  displayName: string,
  createdAt: string | undefined,
  bedrockProfiles: readonly BedrockProfile[],
  differs: Partial<Pick<Model, 'bedrockMessages'>> & { readonly bedrock?: string } = {},
): Model => ({
  id,
  aliases: [],
  displayName,
  ...(createdAt !== undefined && { createdAt }),
  on: { ...everywhere({ name: id }), ...(differs.bedrock !== undefined && { bedrock: differs.bedrock }) },
  bedrockProfiles,
  bedrockMessages: differs.bedrockMessages ?? true,
});

/** Gated: no id outside Anthropic's own platforms is confirmed. */
const anthropicOnly = (id: string, displayName: string, createdAt?: string): Model => ({
  id,
  aliases: [],
  displayName,
  ...(createdAt !== undefined && { createdAt }),
  on: everywhere({ name: id }, ({ isFirstParty }) => isFirstParty === true),
  bedrockProfiles: [],
  bedrockMessages: false,
});

/** Anthropic no longer serves it; the clouds still do in part. */
const retired = (model: Model): Model => ({
  ...model,
  on: Object.fromEntries(
    CLAUDE_KINDS.filter((kind) => CLAUDE_KIND_FACTS[kind].keepsRetired).map((kind) => [kind, model.on[kind]]),
  ),
});

const BEFORE_4_7 = { bedrockMessages: false };

const models: readonly Model[] = [
  dateless('claude-fable-5-2', 'Claude Fable 5.2', undefined, ['us']),
  dateless('claude-fable-5-1', 'Claude Fable 5.1', undefined, ['global', 'us']),
  dateless('claude-fable-5', 'Claude Fable 5', '2026-06-09', ['global', 'us']),
  dateless('claude-opus-5-5', 'Claude Opus 5.5', '2026-09-22', ['global', 'us', 'eu', 'jp']),
  dateless('claude-sonnet-5-5', 'Claude Sonnet 5.5', '2026-09-28', ['global', 'us', 'eu']),
  dateless('claude-haiku-5-5', 'Claude Haiku 5.5', '2026-10-07', ['global', 'us', 'eu', 'jp', 'au']),
  dateless('claude-opus-5', 'Claude Opus 5', '2026-07-24', ['global', 'us', 'eu', 'jp', 'au']),
  dateless('claude-sonnet-5', 'Claude Sonnet 5', '2026-06-30', ['global', 'us', 'eu', 'jp', 'au']),
  dateless('claude-opus-4-8', 'Claude Opus 4.8', '2026-05-28', ['global', 'us', 'eu', 'jp', 'au']),
  dateless('claude-opus-4-7', 'Claude Opus 4.7', '2026-04-16', ['global', 'us', 'eu', 'jp']),
  dateless('claude-opus-4-6', 'Claude Opus 4.6', '2026-02-05', ['global', 'us', 'eu', 'jp', 'au', 'apac'], {
    ...BEFORE_4_7,
    bedrock: 'anthropic.claude-opus-4-6-v1',
  }),
  dateless('claude-sonnet-4-6', 'Claude Sonnet 4.6', '2026-02-17', ['global', 'us', 'eu', 'jp', 'au'], BEFORE_4_7),
  dated('claude-haiku-4-5', '20251001', 'Claude Haiku 4.5', '2025-10-15', ['global', 'us', 'eu', 'au']),
  dated('claude-opus-4-5', '20251101', 'Claude Opus 4.5', '2025-11-24', ['global', 'us', 'eu']),
  dated('claude-sonnet-4-5', '20250929', 'Claude Sonnet 4.5', '2025-09-29', ['global', 'us', 'eu', 'jp', 'au']),
  anthropicOnly('claude-mythos-5-2', 'Claude Mythos 5.2'),
  anthropicOnly('claude-mythos-5-1', 'Claude Mythos 5.1'),
  anthropicOnly('claude-mythos-5', 'Claude Mythos 5', '2026-06-09'),
  anthropicOnly('claude-mythos-preview', 'Claude Mythos Preview', '2026-04-07'),
  retired(dated('claude-opus-4-1', '20250805', 'Claude Opus 4.1', '2025-08-05', ['us'])),
  retired(dated('claude-sonnet-4', '20250514', 'Claude Sonnet 4', '2025-05-22', ['global', 'us', 'eu', 'apac'])),
  retired(dated('claude-3-5-haiku', '20241022', 'Claude Haiku 3.5', '2024-10-22', ['us'])),
];

/** Where the list prices stand, and when they were read. Discounts, batches, fast mode and server tools are not in them. */
export const PRICES_SOURCE = { url: 'https://platform.claude.com/docs/en/about-claude/pricing', read: '2026-11-25' };

/** Anthropic charges cache writes by the input's price: a quarter more for five minutes, twice as much for an hour. */
const tokens = (input: number, output: number, cacheRead: number): TokenPrices => ({
  input,
  output,
  cacheWrite5m: input * 1.25,
  cacheWrite1h: input * 2,
  cacheRead,
});
const list = (input: number, output: number, cacheRead: number): ModelPrice => ({
  ...tokens(input, output, cacheRead),
  regional: 1.1,
});
/** Before Claude 4.5 no cloud took more for staying in a region. */
const sameEverywhere = (price: ModelPrice): ModelPrice => ({ ...price, regional: 1 });

const OPUS = list(5, 25, 0.5);

/** Not in here: Claude Mythos 5.2 and Mythos Preview, whose prices no public page gave when this was read. */
const prices: Readonly<Record<string, ModelPrice>> = {
  // By a reader of the price page, https://github.com/archid21/rightsize/releases/tag/v0.10.2; the page itself was not to be had.
  'claude-fable-5-2': list(8, 40, 0.2),
  'claude-fable-5-1': list(10, 50, 0.25),
  'claude-fable-5': list(10, 50, 1),
  'claude-mythos-5-1': list(10, 50, 0.25),
  'claude-mythos-5': list(10, 50, 1),
  'claude-opus-5-5': list(4, 20, 0.2),
  'claude-opus-5': OPUS,
  'claude-opus-4-8': OPUS,
  'claude-opus-4-7': OPUS,
  'claude-opus-4-6': OPUS,
  'claude-opus-4-5-20251101': OPUS,
  'claude-opus-4-1-20250805': sameEverywhere(list(15, 75, 1.5)),
  // Cache reads since 2026-10-07; 0.20 before.
  'claude-sonnet-5-5': list(2, 10, 0.1),
  'claude-sonnet-5': list(2, 10, 0.2),
  'claude-sonnet-4-6': list(3, 15, 0.3),
  'claude-sonnet-4-5-20250929': list(3, 15, 0.3),
  'claude-sonnet-4-20250514': sameEverywhere(list(3, 15, 0.3)),
  'claude-haiku-5-5': { ...list(0.1, 0.5, 0.01), longPrompt: { ...tokens(0.5, 2.5, 0.05), above: 100_000 } },
  'claude-haiku-4-5-20251001': list(1, 5, 0.1),
  'claude-3-5-haiku-20241022': sameEverywhere(list(0.8, 4, 0.08)),
};

export const anthropic: Vendor = { models, prices };
