/** What a server of this wire has and lacks. */
export interface ChatDialectTraits {
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
  /** Most tokens the model writes: servers refuse to be asked for more. @default - not known */
  readonly maxTokens?: number;
  readonly systemRole: 'system' | 'developer';
  /** It counts tokens in any case, and refuses to be asked to: Mistral. */
  readonly countsUnasked?: boolean;
  readonly takes: {
    /** Models that reason refuse `temperature` and `top_p`. */
    readonly temperature: boolean;
    /** How many stop sequences; 0 where it refuses them. */
    readonly stop: number;
    readonly images: boolean;
    readonly pdf: boolean;
    readonly parallelToolCalls: boolean;
    /** The values of `reasoning_effort`; empty where it has none. */
    readonly reasoningEffort: readonly string[];
    readonly jsonSchema: boolean;
    readonly forcedTool: boolean;
    readonly strictTools: boolean;
    /** Where the client's `metadata.user_id` goes. */
    readonly userField: 'safety_identifier' | 'user' | undefined;
    /** Gemini signs its calls, and refuses them back without. */
    readonly thoughtSignatures: boolean;
  };
}
