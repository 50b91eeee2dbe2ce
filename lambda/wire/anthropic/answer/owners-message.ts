/** Where other answers have the model: none has spoken. */
const NO_MODEL = 'none';
const USAGE = { input_tokens: 0, output_tokens: 0 };

/** A Message, or the stream of one, that no model has written. */
export function ownersMessage(text: string, requestId: string, isStream: boolean, stopReason = 'end_turn'): Uint8Array {
  const message = {
    id: `msg_${requestId}`,
    type: 'message',
    role: 'assistant',
    model: NO_MODEL,
    content: [{ type: 'text', text }],
    stop_reason: stopReason,
    stop_sequence: null,
    usage: USAGE,
  };
  const utf8 = new TextEncoder();
  if (!isStream) return utf8.encode(JSON.stringify(message));
  const events = [
    { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage: USAGE },
    { type: 'message_stop' },
  ];
  return utf8.encode(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(''));
}
