/** A Claude model's name, and the day in its id: `20251001`. Since Claude 4.6 ids have no day. */
export interface ClaudeName {
  readonly name: string;
  readonly date?: string;
}

/** What synth and the router both know of a kind of host. */
export interface KindFacts<Config> {
  /** What the id of a model is there. */
  readonly modelId: string;
  /** Run by Anthropic, which has models there that no one else has. @default false */
  readonly isFirstParty?: true;
  /** Goes on serving models that Anthropic has retired. @default false */
  readonly keepsRetired?: true;
  /** What it is asked for: the id of the model table in the form that this host's place wants. @default - as it stands */
  requestId?(config: Config, id: string): string;
  /** Whether requests stay in a geography, for which the clouds take more. @default - they do not */
  isRegional?(config: Config): boolean;
  /** AWS's Service Quotas knows what it takes. @default false */
  readonly hasServiceQuotas?: true;
}

/** Of a kind that serves Claude's models. */
export interface ClaudeKindFacts<Config> extends KindFacts<Config> {
  /** What it calls them, where it has no name of its own for one. */
  claudeId(model: ClaudeName): string;
}

/** Anthropic's own ids: its name, and the day where there is one. */
export const anthropicId = ({ name, date }: ClaudeName): string => (date === undefined ? name : `${name}-${date}`);
