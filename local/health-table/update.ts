import type { AttributeValue, StoredItem } from './condition';

export interface UpdateRequest {
  readonly UpdateExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, AttributeValue>>;
}

const CLAUSE = /\s*(ADD|SET|REMOVE)\s+(.+?)(?=\s+(?:ADD|SET|REMOVE)\s|$)/gy;

/** What `ADD` of numbers and `SET` make of an item, and `REMOVE` leaves: what is new, and what is gone. Throws for other expressions. */
export function updated(
  request: UpdateRequest,
  item: StoredItem | undefined,
): { readonly set: StoredItem; readonly removed: readonly string[] } {
  const result: Record<string, AttributeValue> = {};
  const removed: string[] = [];
  let read = 0;
  for (const [text, kind, actions] of request.UpdateExpression.matchAll(CLAUSE)) {
    read += text.length;
    for (const action of actions!.split(',')) {
      if (kind === 'REMOVE') {
        const name = request.ExpressionAttributeNames[action.trim()];
        if (name === undefined) throw new SyntaxError(`Syntax error near: "${action}"`);
        removed.push(name);
        continue;
      }
      const [, placeholder = '', sign, given = ''] = /^\s*(#\w+)\s*(=?)\s*(:\w+)\s*$/.exec(action) ?? [];
      const name = request.ExpressionAttributeNames[placeholder];
      const value = request.ExpressionAttributeValues[given];
      if (name === undefined || value === undefined || (kind === 'SET') !== (sign === '=')) {
        throw new SyntaxError(`Syntax error near: "${action}"`);
      }
      result[name] = kind === 'SET' ? value : sum(item?.[name], value);
    }
  }
  if (read !== request.UpdateExpression.length)
    throw new SyntaxError(`Syntax error near: "${request.UpdateExpression}"`);
  return { set: result, removed };
}

function sum(before: AttributeValue | undefined, added: AttributeValue): AttributeValue {
  if (!('N' in added)) throw new SyntaxError('Incorrect operand type for operator ADD');
  return { N: String(Number(before?.['N'] ?? 0) + Number(added['N'])) };
}
