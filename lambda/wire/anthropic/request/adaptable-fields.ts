/** What a host may do without: data for AdaptationMemory. */

/** Body fields without which the answer means the same. `*`: every element. Not droppable while the body has `unless`. */
export const DROPPABLE_FIELDS: readonly { readonly field: string; readonly unless?: string }[] = [
  { field: 'metadata' },
  { field: 'metadata.user_id' },
  { field: 'service_tier' },
  { field: 'speed' },
  { field: 'diagnostics' },
  { field: 'context_management' },
  { field: 'output_config', unless: 'output_config.format' },
  { field: 'output_config.effort' },
  { field: 'output_config.task_budget' },
  { field: 'thinking.display' },
  { field: 'tools.*.eager_input_streaming' },
  { field: 'tools.*.defer_loading' },
  { field: 'cache_control' },
  { field: 'system.*.cache_control' },
  { field: 'system.*.cache_control.scope' },
  { field: 'system.*.cache_control.ttl' },
  { field: 'tools.*.cache_control' },
  { field: 'tools.*.cache_control.scope' },
  { field: 'tools.*.cache_control.ttl' },
  { field: 'messages.*.content.*.cache_control' },
  { field: 'messages.*.content.*.cache_control.scope' },
  { field: 'messages.*.content.*.cache_control.ttl' },
  // Inside the content of a tool's result.
  { field: 'messages.*.content.*.content.*.cache_control' },
  { field: 'messages.*.content.*.content.*.cache_control.scope' },
  { field: 'messages.*.content.*.content.*.cache_control.ttl' },
];

/** Answers that name no field, and the fields they mean. */
export const FIELDS_BY_MESSAGE: readonly { readonly message: RegExp; readonly fields: readonly string[] }[] = [
  {
    message: /explicit prompt caching/i,
    fields: [
      'cache_control',
      'system.*.cache_control',
      'tools.*.cache_control',
      'messages.*.content.*.cache_control',
      'messages.*.content.*.content.*.cache_control',
    ],
  },
];

/** The header half and the body half of a beta; one without the other is a 400 of its own. By the name's beginning. */
export const BETA_PAIRS: readonly {
  readonly beta: string;
  readonly fields: readonly string[];
  /** Also Anthropic itself refuses the fields without it. */
  readonly isNeeded?: boolean;
}[] = [
  { beta: 'context-management-', fields: ['context_management'], isNeeded: true },
  { beta: 'compact-2026-01-', fields: ['context_management'], isNeeded: true },
  { beta: 'effort-', fields: ['output_config.effort'] },
  { beta: 'task-budgets-', fields: ['output_config.task_budget'], isNeeded: true },
  { beta: 'fine-grained-tool-streaming-', fields: ['tools.*.eager_input_streaming'] },
  { beta: 'advanced-tool-use-', fields: ['tools.*.defer_loading'] },
  { beta: 'tool-search-tool-', fields: ['tools.*.defer_loading'] },
  { beta: 'fast-mode-', fields: ['speed'], isNeeded: true },
  { beta: 'cache-diagnosis-', fields: ['diagnostics'] },
  {
    beta: 'prompt-caching-scope-',
    fields: ['system.*.cache_control.scope', 'tools.*.cache_control.scope', 'messages.*.content.*.cache_control.scope'],
  },
];
