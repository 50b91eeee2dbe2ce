import type { StreamErrorKind } from '../faults/fault';
import type { Framing } from './framing';
import type { StreamEvent } from './message-events';

const ERRORS: Record<
  StreamErrorKind,
  { readonly type: string; readonly code: string | null; readonly message: string }
> = {
  overloaded: { type: 'server_error', code: 'engine_overloaded', message: 'The engine is currently overloaded' },
  'rate-limited': { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached' },
  'server-error': {
    type: 'server_error',
    code: null,
    message: 'The server had an error while processing your request',
  },
  invalid: { type: 'invalid_request_error', code: 'context_length_exceeded', message: 'maximum context length' },
};

const FINISH: Readonly<Record<string, string>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool_calls',
  refusal: 'content_filter',
};

const data = (value: unknown): string => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

/** An answer as the OpenAI wire streams it: chunks without names, the finish before the usage, `[DONE]` last. */
export function chatFraming(model: string, id: string): Framing {
  let tools = -1;
  const chunk = (fields: object) =>
    data({
      id,
      object: 'chat.completion.chunk',
      created: 1_795_000_000,
      model,
      system_fingerprint: 'fp_simulated',
      ...fields,
    });
  const delta = (fields: object) =>
    chunk({ choices: [{ index: 0, delta: fields, logprobs: null, finish_reason: null }] });

  const event = (each: StreamEvent): string | undefined => {
    switch (each.type) {
      case 'message_start':
        return delta({ role: 'assistant', content: '', refusal: null });
      case 'content_block_start': {
        const { content_block: block } = each;
        if (block.type !== 'tool_use') return undefined;
        tools += 1;
        const fn = { name: block.name, arguments: '' };
        return delta({
          tool_calls: [{ index: tools, id: block.id.replace('toolu', 'call'), type: 'function', function: fn }],
        });
      }
      case 'content_block_delta':
        if (each.delta.type === 'text_delta') return delta({ content: each.delta.text });
        if (each.delta.type === 'thinking_delta') return delta({ reasoning_content: each.delta.thinking });
        if (each.delta.type !== 'input_json_delta') return undefined;
        return delta({ tool_calls: [{ index: tools, function: { arguments: each.delta.partial_json } }] });
      case 'message_delta': {
        const reason = FINISH[each.delta.stop_reason ?? ''] ?? 'stop';
        const { input_tokens: prompt, output_tokens: completion } = each.usage;
        const usage = {
          prompt_tokens: prompt,
          completion_tokens: completion,
          total_tokens: (prompt ?? 0) + completion,
          prompt_tokens_details: { cached_tokens: 0 },
        };
        return (
          chunk({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: reason }] }) +
          chunk({ choices: [], usage })
        );
      }
      case 'message_stop':
        return data('[DONE]');
      default:
        return undefined;
    }
  };
  return {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    event,
    error: (kind) => data({ error: { ...ERRORS[kind], param: null } }),
    malformed: () => data('{"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"del'),
  };
}
