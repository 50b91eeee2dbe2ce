export interface ModelFacts {
  readonly id: string;
  readonly display_name: string;
  readonly line: 'opus' | 'sonnet' | 'haiku';
  readonly max_input_tokens: number;
  /** The most `max_tokens` may be. */
  readonly max_tokens: number;
}

/** What the model list shows; a host serves more. */
export const MODELS: readonly ModelFacts[] = [
  {
    id: 'claude-opus-5-5',
    display_name: 'Claude Opus 5.5',
    line: 'opus',
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
  },
  {
    id: 'claude-sonnet-5-5',
    display_name: 'Claude Sonnet 5.5',
    line: 'sonnet',
    max_input_tokens: 1_000_000,
    max_tokens: 128_000,
  },
  {
    id: 'claude-haiku-4-5-20251001',
    display_name: 'Claude Haiku 4.5',
    line: 'haiku',
    max_input_tokens: 200_000,
    max_tokens: 64_000,
  },
];
const MOST_TOKENS = 128_000;

export function mostTokens(model: string): number {
  return MODELS.find(({ id }) => id.startsWith(model))?.max_tokens ?? MOST_TOKENS;
}

/** Anthropic's name of the model, which every host writes into its answers. */
export function publicName(id: string): string {
  return id
    .replace(/^.*anthropic\./, '')
    .replace(/-v\d+(:\d+)?$/, '')
    .replace('@', '-');
}
