import { chatErrors } from './chat-errors';
import type { Framing } from './framing';
import type { StreamEvent } from './message-events';

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
  return { ...chatErrors, event };
}

const SAFE = { hate: { filtered: false, severity: 'safe' }, violence: { filtered: false, severity: 'safe' } };

/** Azure tells before the answer what its filter has found in the prompt. */
export function azureFraming(model: string, id: string): Framing {
  const chat = chatFraming(model, id);
  const first = data({
    choices: [],
    created: 0,
    id: '',
    model: '',
    object: '',
    prompt_filter_results: [{ prompt_index: 0, content_filter_results: SAFE }],
  });
  const event: Framing['event'] = (each) =>
    (each.type === 'message_start' ? first : '') + String(chat.event(each) ?? '');
  return { ...chat, event };
}
