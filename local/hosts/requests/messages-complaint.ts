import { isRecord, records, type Json } from '../../json';

const ROLES: readonly unknown[] = ['user', 'assistant', 'system'];

/** What the API has against a conversation. */
export function messagesComplaint(messages: unknown): string | undefined {
  if (!Array.isArray(messages)) return 'messages: Input should be a valid array';
  if (messages.length === 0) return 'messages: at least one message is required';
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`;
    const wrong =
      formComplaint(message, path) ?? contentComplaint(message as Json, path, index === messages.length - 1);
    if (wrong) return wrong;
  }
  return undefined;
}

function formComplaint(message: unknown, path: string): string | undefined {
  if (!isRecord(message)) return `${path}: Input should be an object`;
  const { role, content } = message;
  if (role === undefined) return `${path}.role: Field required`;
  if (!ROLES.includes(role)) {
    return `messages: Unexpected role "${String(role)}". Allowed roles are "user" or "assistant"`;
  }
  if (content === undefined) return `${path}.content: Field required`;
  if (typeof content === 'string') return undefined;
  if (!Array.isArray(content)) return `${path}.content: Input should be a valid array`;
  const broken = content.findIndex((block) => !isRecord(block) || block['type'] === undefined);
  if (broken < 0) return undefined;
  return `${path}.content.${broken}${isRecord(content[broken]) ? '.type: Field required' : ': Input should be an object'}`;
}

function contentComplaint({ role, content }: Json, path: string, isLast: boolean): string | undefined {
  if (records(content).some(({ type, text }) => type === 'text' && text === '')) {
    return 'messages: text content blocks must be non-empty';
  }
  const isEmpty = (content as string | readonly unknown[]).length === 0;
  if (!isEmpty || role === 'system' || (role === 'assistant' && isLast)) return undefined;
  return role === 'user'
    ? `${path}: user messages must have non-empty content`
    : `${path}: all messages must have non-empty content except for the optional final assistant message`;
}
