/** `{ S: 'text' }` or `{ N: '1' }`, as on the wire. */
export type AttributeValue = Readonly<Record<string, string>>;
export type StoredItem = Readonly<Record<string, AttributeValue>>;

export interface ConditionRequest {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Readonly<Record<string, string>>;
  readonly ExpressionAttributeValues: Readonly<Record<string, AttributeValue>>;
}

const TOKEN = /\s*(attribute_not_exists|AND\b|OR\b|<>|<=|>=|[()=<>]|[#:]\w+)/gy;
const COMPARED: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** What DynamoDB's expressions have to do here: `attribute_not_exists`, comparisons, AND, OR, brackets. Throws for others. */
export function holds(request: ConditionRequest, item: StoredItem | undefined): boolean {
  const tokens = tokensOf(request.ConditionExpression);
  const next = (): string => tokens.shift() ?? '';
  const expect = (wanted: string): void => {
    const token = next();
    if (token !== wanted) throw new SyntaxError(`Syntax error; token: "${token}"`);
  };
  const attribute = (): AttributeValue | undefined => {
    const placeholder = next();
    const name = request.ExpressionAttributeNames[placeholder];
    if (name === undefined) throw new SyntaxError(`An expression attribute name is not defined: ${placeholder}`);
    return item?.[name];
  };
  const factor = (): boolean => {
    if (tokens[0] === '(') {
      expect('(');
      const inner = any();
      expect(')');
      return inner;
    }
    if (tokens[0] === 'attribute_not_exists') {
      expect('attribute_not_exists');
      expect('(');
      const found = attribute();
      expect(')');
      return found === undefined;
    }
    const left = attribute();
    const compare = COMPARED[next()];
    const value = request.ExpressionAttributeValues[next()];
    if (compare === undefined || value === undefined) throw new SyntaxError('Syntax error in a comparison');
    // An attribute that is not there, or of another type, is unlike every value and neither more nor less.
    const order = left === undefined ? NaN : orderOf(left, value);
    return compare(order);
  };
  const all = (): boolean => {
    let result = factor();
    while (tokens[0] === 'AND') {
      expect('AND');
      result = factor() && result;
    }
    return result;
  };
  const any = (): boolean => {
    let result = all();
    while (tokens[0] === 'OR') {
      expect('OR');
      result = all() || result;
    }
    return result;
  };
  const result = any();
  if (tokens.length > 0) throw new SyntaxError(`Syntax error; token: "${tokens[0]}"`);
  return result;
}

function tokensOf(expression: string): string[] {
  const tokens = [...expression.matchAll(TOKEN)];
  const last = tokens.at(-1);
  const end = last === undefined ? 0 : last.index + last[0].length;
  if (end !== expression.trimEnd().length) throw new SyntaxError(`Syntax error near: "${expression.slice(end)}"`);
  return tokens.map(([, token]) => token!);
}

function orderOf(left: AttributeValue, right: AttributeValue): number {
  if ('N' in left && 'N' in right) return Number(left['N']) - Number(right['N']);
  if ('S' in left && 'S' in right) return left['S']! < right['S']! ? -1 : left['S'] === right['S'] ? 0 : 1;
  return NaN;
}
