/*
 * What Anthropic's Models API says of a model beside its name. Sources: platform.claude.com, the pages of the models,
 * "Effort", "Thinking" and "Model deprecations" as of November 2026; the deprecations in @anthropic-ai/sdk 1.11.
 */

export type EffortLevel = 'low' | 'medium' | 'high' | 'xhigh' | 'max';
export type ThinkingType = 'adaptive' | 'between_tools' | 'disabled' | 'enabled';
export type ContextEdit = 'clear_thinking_20251015' | 'clear_tool_uses_20250919' | 'compact_20260112';

export interface Capabilities {
  readonly line: 'haiku' | 'sonnet' | 'opus' | 'fable' | 'mythos';
  readonly maxInputTokens: number;
  readonly maxTokens: number;
  readonly effort: readonly EffortLevel[];
  /** What `thinking.type` may say. */
  readonly thinking: readonly ThinkingType[];
  readonly contextEdits: readonly ContextEdit[];
  readonly structuredOutputs: boolean;
  /** Code that runs in the code execution tool may call the request's other tools. */
  readonly programmaticTools: boolean;
  /** Anthropic's own dates, `YYYY-MM-DD`; the clouds have theirs. */
  readonly deprecation?: { readonly at?: string; readonly retires: string };
}

const EDITS = ['clear_thinking_20251015', 'clear_tool_uses_20250919'] as const;

const LATEST = {
  maxInputTokens: 1_000_000,
  maxTokens: 128_000,
  effort: ['low', 'medium', 'high', 'xhigh', 'max'],
  thinking: ['adaptive', 'disabled'],
  contextEdits: [...EDITS, 'compact_20260112'],
  structuredOutputs: true,
  programmaticTools: true,
} as const;
/** It thinks whether it is asked to or not. */
const ALWAYS = { ...LATEST, thinking: ['adaptive'] } as const;
const GENERATION_4_6 = {
  ...LATEST,
  effort: ['low', 'medium', 'high', 'max'],
  thinking: ['adaptive', 'disabled', 'enabled'],
} as const;
const GENERATION_4_5 = {
  ...LATEST,
  maxInputTokens: 200_000,
  maxTokens: 64_000,
  effort: [],
  thinking: ['disabled', 'enabled'],
  contextEdits: EDITS,
} as const;
const GENERATION_4 = { ...GENERATION_4_5, structuredOutputs: false, programmaticTools: false } as const;

/** By Anthropic's id. A model that is not here is served all the same; the list then says that nothing is known of it. */
export const CAPABILITIES: Readonly<Record<string, Capabilities>> = {
  'claude-fable-5-2': { ...ALWAYS, line: 'fable' },
  'claude-fable-5-1': { ...ALWAYS, line: 'fable' },
  'claude-fable-5': { ...ALWAYS, line: 'fable' },
  'claude-mythos-5-2': { ...ALWAYS, line: 'mythos' },
  'claude-mythos-5-1': { ...ALWAYS, line: 'mythos' },
  'claude-mythos-5': { ...ALWAYS, line: 'mythos' },
  'claude-opus-5-5': { ...ALWAYS, line: 'opus' },
  'claude-sonnet-5-5': { ...LATEST, line: 'sonnet', thinking: ['adaptive', 'between_tools'] },
  'claude-haiku-5-5': { ...LATEST, line: 'haiku' },
  'claude-opus-5': { ...LATEST, line: 'opus' },
  'claude-sonnet-5': { ...LATEST, line: 'sonnet' },
  'claude-opus-4-8': { ...LATEST, line: 'opus' },
  'claude-opus-4-7': { ...LATEST, line: 'opus' },
  'claude-opus-4-6': { ...GENERATION_4_6, line: 'opus' },
  'claude-sonnet-4-6': { ...GENERATION_4_6, line: 'sonnet' },
  'claude-haiku-4-5-20251001': { ...GENERATION_4_5, line: 'haiku', programmaticTools: false },
  'claude-opus-4-5-20251101': { ...GENERATION_4_5, line: 'opus', effort: ['low', 'medium', 'high'] },
  'claude-sonnet-4-5-20250929': { ...GENERATION_4_5, line: 'sonnet', deprecation: { retires: '2026-11-30' } },
  'claude-opus-4-1-20250805': {
    ...GENERATION_4,
    line: 'opus',
    maxTokens: 32_000,
    structuredOutputs: true,
    deprecation: { at: '2026-06-05', retires: '2026-08-05' },
  },
  'claude-sonnet-4-20250514': {
    ...GENERATION_4,
    line: 'sonnet',
    deprecation: { at: '2026-04-14', retires: '2026-06-15' },
  },
  'claude-3-5-haiku-20241022': {
    ...GENERATION_4,
    line: 'haiku',
    maxTokens: 8192,
    thinking: ['disabled'],
    contextEdits: [],
    deprecation: { at: '2025-12-19', retires: '2026-02-19' },
  },
};

/** Since 4.7 models decide themselves how to think, and have no sampling parameters. */
export const takesSampling = ({ thinking }: Capabilities): boolean =>
  thinking.includes('enabled') || !thinking.includes('adaptive');
