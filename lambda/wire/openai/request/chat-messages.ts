import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { BodyFields } from '../../../engine/host';
import type { ChatDialectTraits } from '../chat-traits';
import { ChatCalls } from './chat-calls';
import { chatParts, contentOf, listOf } from './chat-content';
import { UserTurn } from './user-turn';

/** The conversation in this wire's order: all results of a turn's calls, then what the user has to show and to say. */
export function chatMessages(
  body: BodyFields,
  traits: ChatDialectTraits,
  dropped: Set<string>,
): ChatCompletionMessageParam[] {
  const calls = new ChatCalls(traits.takes.thoughtSignatures);
  const messages = systemMessages(body['system'], traits, dropped);
  let turn = new UserTurn(calls, dropped);
  const endTurn = (): void => {
    messages.push(...turn.messages());
    turn = new UserTurn(calls, dropped);
  };
  for (const message of listOf(body['messages'])) {
    // Users' messages in a row are one turn.
    if (message['role'] === 'user') turn.add(message['content']);
    else {
      endTurn();
      if (message['role'] === 'system') messages.push(...systemMessages(message['content'], traits, dropped));
      else messages.push(...assistantMessages(message['content'], calls, dropped));
    }
  }
  endTurn();
  return messages;
}

function systemMessages(
  system: unknown,
  { systemRole: role }: ChatDialectTraits,
  dropped: Set<string>,
): ChatCompletionMessageParam[] {
  const content = contentOf(chatParts(system, dropped));
  return typeof content === 'string' && content !== '' ? [{ role, content }] : [];
}

function assistantMessages(content: unknown, calls: ChatCalls, dropped: Set<string>): ChatCompletionMessageParam[] {
  const blocks = listOf(content);
  // What Claude has thought is signed for Claude, and said aloud it would be a different answer.
  if (blocks.some(({ type }) => type === 'thinking' || type === 'redacted_thinking')) {
    dropped.add('messages.*.content.*.thinking');
  }
  const text = contentOf(chatParts(content, dropped), '');
  const tool_calls = calls.made(blocks.filter(({ type }) => type === 'tool_use'));
  const spoken = typeof text === 'string' && text !== '' ? text : null;
  if (spoken === null && tool_calls.length === 0) return [];
  return [{ role: 'assistant', content: spoken, ...(tool_calls.length > 0 && { tool_calls }) }];
}
