import type { AttributeValue, StoredItem } from './condition';

export interface UpdateRequest {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, AttributeValue>>;
}

const CLAUSE = /\s*(ADD|SET|REMOVE)\s+(.+?)(?=\s+(?:ADD|SET|REMOVE)\s|$)/gy;

/** What `ADD` of numbers, `SET` and `REMOVE` make of an item: its attributes that are new, and those that go. Throws for other expressions. */
export function updated(request: UpdateRequest, item: StoredItem | undefined): Updated {
  const result: Record<string, AttributeValue> = {};
  const removed: string[] = [];
  let read = 0;
  for (const [text, kind, actions] of request.UpdateExpression.matchAll(CLAUSE)) {
    read += text.length;
    for (const action of actions!.split(',')) {
      if (kind === 'REMOVE') {
        removed.push(request.ExpressionAttributeNames[action.trim()] ?? syntaxError(action));
        continue;
      }
      const [, placeholder = '', sign, given = ''] = /^\s*(#\w+)\s*(=?)\s*(:\w+)\s*$/.exec(action) ?? [];
      const name = request.ExpressionAttributeNames[placeholder];
      const value = request.ExpressionAttributeValues[given];
      if (name === undefined || value === undefined || (kind === 'SET') !== (sign === '=')) {
        return syntaxError(action);
      }
      result[name] = kind === 'SET' ? value : sum(item?.[name], value);
    }
  }
  if (read !== request.UpdateExpression.length) return syntaxError(request.UpdateExpression);
  return { added: result, removed };
}

export interface Updated {
  readonly added: StoredItem;
  readonly removed: readonly string[];
}

function syntaxError(text: string): never {
  throw new SyntaxError(`Syntax error near: "${text}"`);
}

function sum(before: AttributeValue | undefined, added: AttributeValue): AttributeValue {
  if (!('N' in added)) throw new SyntaxError('Incorrect operand type for operator ADD');
  return { N: String(Number(before?.['N'] ?? 0) + Number(added['N'])) };
}
