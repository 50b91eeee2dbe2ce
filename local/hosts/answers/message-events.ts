import type {
  ContentBlock,
  Message,
  RawContentBlockDelta,
  RawMessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';

export type StreamEvent = RawMessageStreamEvent | { readonly type: 'ping' };

/** The exact events by which Anthropic streams this message. */
export function messageEvents(message: Message, deltas = 12): StreamEvent[] {
  const { content, usage, stop_reason, stop_sequence, container, stop_details } = message;
  const events: StreamEvent[] = [
    {
      type: 'message_start',
      message: {
        ...message,
        content: [],
        stop_reason: null,
        usage: { ...usage, output_tokens: 1 },
      },
    },
  ];
  content.forEach((block, index) => {
    const { opened, steps } = unfold(block, deltas);
    events.push({ type: 'content_block_start', index, content_block: opened });
    if (index === 0) events.push({ type: 'ping' });
    for (const delta of steps) events.push({ type: 'content_block_delta', index, delta });
    events.push({ type: 'content_block_stop', index });
  });
  const {
    input_tokens,
    output_tokens,
    cache_creation_input_tokens,
    cache_read_input_tokens,
    output_tokens_details,
    server_tool_use,
  } = usage;
  events.push(
    {
      type: 'message_delta',
      delta: { stop_reason, stop_sequence, container, stop_details },
      usage: {
        input_tokens,
        cache_creation_input_tokens,
        cache_read_input_tokens,
        output_tokens,
        output_tokens_details,
        server_tool_use,
      },
    },
    { type: 'message_stop' },
  );
  return events;
}

interface Unfolded {
  readonly opened: ContentBlock;
  readonly steps: readonly RawContentBlockDelta[];
}

function unfold(block: ContentBlock, deltas: number): Unfolded {
  switch (block.type) {
    case 'text':
      return {
        opened: { ...block, text: '', ...(block.citations && { citations: [] }) },
        steps: [
          ...pieces(block.text, deltas).map((text) => ({ type: 'text_delta' as const, text })),
          ...(block.citations ?? []).map((citation) => ({ type: 'citations_delta' as const, citation })),
        ],
      };
    case 'thinking':
      return {
        opened: { ...block, thinking: '', signature: '' },
        steps: [
          ...pieces(block.thinking, 4).map((thinking) => ({ type: 'thinking_delta' as const, thinking })),
          { type: 'signature_delta', signature: block.signature },
        ],
      };
    case 'tool_use':
    case 'server_tool_use':
      return {
        opened: { ...block, input: {} },
        steps: ['', ...pieces(JSON.stringify(block.input), 4)].map((partial_json) => ({
          type: 'input_json_delta',
          partial_json,
        })),
      };
    default:
      return { opened: block, steps: [] };
  }
}

/** Never splits inside a surrogate pair: no JSON text could carry half of one faithfully. */
function pieces(text: string, count: number): string[] {
  const size = Math.max(1, Math.ceil(text.length / count));
  const parts: string[] = [];
  for (let from = 0; from < text.length;) {
    const to = from + size;
    const splitsPair = (text.charCodeAt(to - 1) & 0xfc00) === 0xd800 && to < text.length;
    parts.push(text.slice(from, splitsPair ? to + 1 : to));
    from = splitsPair ? to + 1 : to;
  }
  return parts;
}
