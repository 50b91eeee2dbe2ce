import { CAPABILITIES, type Capabilities } from '../../../lib/catalog/capabilities';
import type { Model } from '../../../lib/catalog/model';

/** A model in the form of Anthropic's Models API. */
export function modelInfo({ id, displayName, createdAt }: Model) {
  const known = CAPABILITIES[id];
  const deprecation = known?.deprecation;
  return {
    type: 'model' as const,
    id,
    display_name: displayName,
    created_at: midnight(createdAt ?? '1970-01-01'),
    // What Anthropic has retired and a cloud still serves can be called, so it is not retired here.
    lifecycle: lifecycleOf(id),
    deprecated_at: deprecation?.at === undefined ? null : midnight(deprecation.at),
    retires_at: deprecation === undefined ? null : midnight(deprecation.retires),
    line: known?.line ?? null,
    max_input_tokens: known?.maxInputTokens ?? null,
    max_tokens: known?.maxTokens ?? null,
    capabilities: known === undefined ? null : capabilities(known),
  };
}

export const lifecycleOf = (id: string): 'active' | 'deprecated' =>
  CAPABILITIES[id]?.deprecation === undefined ? 'active' : 'deprecated';

const midnight = (day: string): string => `${day}T00:00:00Z`;

const YES = { supported: true };
const support = (supported: boolean) => ({ supported });
const within = <T>(values: readonly T[]) => ({
  supported: values.length > 0,
  has: (value: T) => support(values.includes(value)),
});

function capabilities({ effort, thinking, contextEdits, structuredOutputs, programmaticTools }: Capabilities) {
  const levels = within(effort);
  const edits = within(contextEdits);
  const types = within(thinking);
  return {
    batch: YES,
    citations: YES,
    code_execution: support(programmaticTools),
    context_management: {
      supported: edits.supported,
      clear_thinking_20251015: edits.has('clear_thinking_20251015'),
      clear_tool_uses_20250919: edits.has('clear_tool_uses_20250919'),
      compact_20260112: edits.has('compact_20260112'),
    },
    effort: {
      supported: levels.supported,
      low: levels.has('low'),
      medium: levels.has('medium'),
      high: levels.has('high'),
      xhigh: levels.has('xhigh'),
      max: levels.has('max'),
    },
    image_input: YES,
    pdf_input: YES,
    server_tools: { supported: true, code_execution: YES, web_search: YES },
    structured_outputs: support(structuredOutputs),
    thinking: {
      supported: thinking.some((type) => type !== 'disabled'),
      types: {
        adaptive: types.has('adaptive'),
        between_tools: types.has('between_tools'),
        disabled: types.has('disabled'),
        enabled: types.has('enabled'),
      },
    },
  };
}
