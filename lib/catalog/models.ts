import type { BedrockProfile, HostKind } from '../contract';

/** What is known of a model: Anthropic's id and what each host calls it. */
export interface Model {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly displayName: string;
  /** Day of release, `YYYY-MM-DD`, where known. */
  readonly createdAt?: string;
  /** A missing kind has no equivalent. Bedrock: the base id, without profile prefix. */
  readonly on: Readonly<Partial<Record<HostKind, string>>>;
  /** Profiles seen to exist. Others may: AWS adds them without notice, so this advises and never forbids. */
  readonly bedrockProfiles: readonly BedrockProfile[];
  /** Bedrock's native Messages door serves it and takes API version 2026-10-21: Claude 4.7 and later. */
  readonly bedrockMessages: boolean;
}

/** Released before 4.6: ids with a date. Bedrock adds `-v1:0`, Vertex `@date`; Foundry names deployments without it. */
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
  on: {
    anthropic: `${name}-${date}`,
    'claude-platform-aws': `${name}-${date}`,
    bedrock: `anthropic.${name}-${date}-v1:0`,
    vertex: `${name}@${date}`,
    foundry: name,
  },
  bedrockProfiles,
  bedrockMessages: false,
});

/** From 4.6 on: one id everywhere, on Bedrock with `anthropic.` before it. */
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
  on: {
    anthropic: id,
    'claude-platform-aws': id,
    bedrock: differs.bedrock ?? `anthropic.${id}`,
    vertex: id,
    foundry: id,
  },
  bedrockProfiles,
  bedrockMessages: differs.bedrockMessages ?? true,
});

/** Gated: no id outside Anthropic's own platforms is confirmed. */
const anthropicOnly = (id: string, displayName: string, createdAt?: string): Model => ({
  id,
  aliases: [],
  displayName,
  ...(createdAt !== undefined && { createdAt }),
  on: { anthropic: id, 'claude-platform-aws': id },
  bedrockProfiles: [],
  bedrockMessages: false,
});

/** Anthropic no longer serves it; the clouds still do in part. */
const retired = (model: Model): Model => ({
  ...model,
  on: { bedrock: model.on.bedrock, vertex: model.on.vertex },
});

const BEFORE_4_7 = { bedrockMessages: false };

export const MODELS: readonly Model[] = [
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
