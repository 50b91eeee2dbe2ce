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

/** USD per million tokens. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly cacheRead: number;
}

export interface ModelPrice extends TokenPrices {
  /** Prices of every token of a request whose prompt, caches included, has more tokens than `above`. */
  readonly longPrompt?: TokenPrices & { readonly above: number };
  /** Factor where a request stays in a geography: Bedrock's and Vertex's profiles other than global, `inference_geo: us`. */
  readonly regional: number;
}

/** What one vendor makes, and what it takes. */
export interface Vendor {
  readonly models: readonly Model[];
  /** By model id, where a price is known. */
  readonly prices: Readonly<Record<string, ModelPrice>>;
}
