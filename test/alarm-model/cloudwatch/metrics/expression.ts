import { Tokens } from './tokens';

export type Operator = '+' | '-' | '*' | '/' | '==' | '!=' | '<=' | '>=' | '<' | '>' | 'AND' | 'OR';

/** A metric math expression, read. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

const WORD = /\s*(\d+(?:\.\d+)?|[A-Za-z]\w*|"[^"]*"|==|!=|<=|>=|&&|\|\||[-+*/<>()[\],])\s*/y;

/** The weakest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['OR', '||'],
  ['AND', '&&'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
];
const SPELLINGS: Readonly<Record<string, string>> = { '||': 'OR', '&&': 'AND' };

export function readExpression(text: string): Expression {
  const tokens = new Tokens(text, WORD);
  const expression = operation(tokens, 0);
  tokens.end();
  return expression;
}

function operation(tokens: Tokens, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return unary(tokens);
  let left = operation(tokens, level + 1);
  for (let word = tokens.take(...operators); word !== undefined; word = tokens.take(...operators)) {
    const operator = (SPELLINGS[word] ?? word) as Operator;
    left = { kind: 'operation', operator, left, right: operation(tokens, level + 1) };
  }
  return left;
}

function unary(tokens: Tokens): Expression {
  if (!tokens.take('-')) return primary(tokens);
  return { kind: 'operation', operator: '-', left: { kind: 'number', value: 0 }, right: unary(tokens) };
}

function primary(tokens: Tokens): Expression {
  const item = (): Expression => operation(tokens, 0);
  const word = tokens.peek() ?? '';
  if (/^\d/.test(word)) return { kind: 'number', value: Number(tokens.next()) };
  if (/^[a-z]/.test(word)) return { kind: 'id', id: tokens.next() };
  if (word.startsWith('"')) return { kind: 'text', text: tokens.next().slice(1, -1) };
  if (tokens.take('[')) return { kind: 'list', items: tokens.listUntil(']', item) };
  if (tokens.take('(')) {
    const inner = item();
    tokens.expect(')');
    return inner;
  }
  if (!/^[A-Z]/.test(word)) tokens.fail('a value');
  const name = tokens.next();
  tokens.expect('(');
  return { kind: 'call', name, args: tokens.listUntil(')', item) };
}
