import * as v from 'valibot';
import { requireEnv, type Env } from '../runtime/require-env';
import { callAwsJson } from './call-aws-json';

/** An item of plain strings and numbers. */
export type Item = Readonly<Record<string, string | number>>;

export interface Condition {
  readonly expression: string;
  /** What stands for `:name` in it. Names of attributes are written `#name`. */
  readonly values: Item;
}

/** Entries of a kind that are less, or greater. */
export type Bound = { readonly below: string } | { readonly above: string };

/** The few operations on a table with the string keys `kind` and `entry`. All reject when the table cannot be used. */
export interface DynamoTable {
  /** Every item of a kind; attributes that are neither text nor number are left out. */
  query(kind: string): Promise<Item[]>;
  /** So many items of a kind, those with the greatest entries first, or those that are nearest to a bound. */
  page(kind: string, limit: number, bound?: Bound): Promise<Item[]>;
  /** False where the condition does not hold. */
  put(item: Item, condition?: Condition): Promise<boolean>;
  delete(kind: string, entry: string): Promise<void>;
  /** As the last write has left it, where `isLast`; else perhaps as the one before has. */
  get(kind: string, entry: string, isLast?: boolean): Promise<Item | undefined>;
  /** Adds to an item's numbers, which begin at 0, sets others, and says what all of these are then. */
  add(key: Item, amounts: Item, others: Item): Promise<Item>;
  /** All of the item as it is then; undefined where the condition does not hold. Names are written `#name`, values `:name`. */
  update(key: Item, expression: string, values: Item, condition: string): Promise<Item | undefined>;
  /** The same, without some attributes from now on; says what all of the item's are then. */
  tally(key: Item, amounts: Item, others: Item, gone: readonly string[]): Promise<Item>;
}

const attribute = v.union([v.object({ S: v.string() }), v.object({ N: v.string() })]);
const page = v.object({
  Items: v.array(v.record(v.string(), v.unknown())),
  LastEvaluatedKey: v.optional(v.record(v.string(), v.unknown())),
});

const one = v.object({ Item: v.optional(v.record(v.string(), v.unknown())) });
const updated = v.object({ Attributes: v.record(v.string(), v.unknown()) });

/** `timeoutMs`: for one operation with all its retries. */
export function dynamoTable(name: string, env: Env, timeoutMs: number): DynamoTable {
  const region = requireEnv(env, 'AWS_REGION');
  // One limit for all attempts: whoever waits for a table is better off without it after a while.
  const call = (operation: string, body: object): Promise<unknown> => {
    const target = `DynamoDB_20120810.${operation}`;
    const signal = AbortSignal.timeout(timeoutMs);
    return callAwsJson({ service: 'dynamodb', region, target, body: { TableName: name, ...body }, signal }, env);
  };
  const change = async (
    key: Item,
    expression: string,
    values: Item,
    returned: 'ALL_NEW' | 'UPDATED_NEW',
    condition?: string,
  ): Promise<Item> => {
    const answer = await call('UpdateItem', {
      Key: marshal(key),
      UpdateExpression: expression,
      ...(condition !== undefined && { ConditionExpression: condition }),
      ...placeholders(`${expression} ${condition ?? ''}`, values),
      ReturnValues: returned,
    });
    return unmarshal(v.parse(updated, answer).Attributes);
  };
  return {
    async query(kind) {
      const items: Item[] = [];
      let from: object | undefined;
      do {
        const answer = await call('Query', {
          KeyConditionExpression: 'kind = :kind',
          ExpressionAttributeValues: marshal({ ':kind': kind }),
          ...(from && { ExclusiveStartKey: from }),
        });
        const { Items, LastEvaluatedKey } = v.parse(page, answer);
        items.push(...Items.map(unmarshal));
        // A page ends at a megabyte.
        from = LastEvaluatedKey;
      } while (from);
      return items;
    },
    async page(kind, limit, bound) {
      const isUp = bound !== undefined && 'above' in bound;
      const entry = bound && ('above' in bound ? bound.above : bound.below);
      const items: Item[] = [];
      let from: object | undefined;
      do {
        const answer = await call('Query', {
          KeyConditionExpression: `kind = :kind${bound ? ` AND entry ${isUp ? '>' : '<'} :entry` : ''}`,
          ExpressionAttributeValues: marshal({ ':kind': kind, ...(entry !== undefined && { ':entry': entry }) }),
          ScanIndexForward: isUp,
          Limit: limit - items.length,
          ...(from && { ExclusiveStartKey: from }),
        });
        const { Items, LastEvaluatedKey } = v.parse(page, answer);
        items.push(...Items.map(unmarshal));
        from = LastEvaluatedKey;
      } while (from && items.length < limit);
      return isUp ? items.reverse() : items;
    },
    async put(item, condition) {
      const written = call('PutItem', { Item: marshal(item), ...(condition && conditional(condition)) });
      return (await unlessFailed(written)) !== undefined;
    },
    async delete(kind, entry) {
      await call('DeleteItem', { Key: marshal({ kind, entry }) });
    },
    async get(kind, entry, isLast = false) {
      const asked = { Key: marshal({ kind, entry }), ...(isLast && { ConsistentRead: true }) };
      const { Item } = v.parse(one, await call('GetItem', asked));
      return Item && unmarshal(Item);
    },
    add: (key, amounts, others) => change(key, addition(amounts, others), { ...amounts, ...others }, 'UPDATED_NEW'),
    tally: (key, amounts, others, gone) => {
      const removal = gone.length > 0 ? ` REMOVE ${gone.map((name) => `#${name}`).join(', ')}` : '';
      return change(key, addition(amounts, others) + removal, { ...amounts, ...others }, 'ALL_NEW');
    },
    update: (key, expression, values, condition) => unlessFailed(change(key, expression, values, 'ALL_NEW', condition)),
  };
}

/** Undefined where the condition of a write does not hold. */
async function unlessFailed<T>(written: Promise<T>): Promise<T | undefined> {
  try {
    return await written;
  } catch (error) {
    if (String(error).includes('ConditionalCheckFailedException')) return undefined;
    throw error;
  }
}

function addition(amounts: Item, others: Item): string {
  const clause = (values: Item, sign: string): string =>
    Object.keys(values)
      .map((name) => `#${name}${sign}:${name}`)
      .join(', ');
  return `ADD ${clause(amounts, ' ')} SET ${clause(others, ' = ')}`;
}

/** Attributes go by placeholders: `state`, `until` and others of ours are reserved words. */
function conditional({ expression, values }: Condition): object {
  return { ConditionExpression: expression, ...placeholders(expression, values) };
}

function placeholders(expression: string, values: Item): object {
  const names = new Set(expression.match(/#\w+/g));
  return {
    ExpressionAttributeNames: Object.fromEntries([...names].map((placeholder) => [placeholder, placeholder.slice(1)])),
    // DynamoDB takes none, but not an empty list of them.
    ...(Object.keys(values).length > 0 && {
      ExpressionAttributeValues: marshal(
        Object.fromEntries(Object.entries(values).map(([key, value]) => [`:${key}`, value])),
      ),
    }),
  };
}

/** Numbers are text on this wire, so that none loses digits on the way. */
function marshal(item: Item): Record<string, { S: string } | { N: string }> {
  const typed = Object.entries(item).map(
    ([name, value]) => [name, typeof value === 'string' ? { S: value } : { N: String(value) }] as const,
  );
  return Object.fromEntries(typed);
}

function unmarshal(item: Readonly<Record<string, unknown>>): Item {
  const plain = Object.entries(item).flatMap(([name, value]): [string, string | number][] => {
    const typed = v.safeParse(attribute, value);
    if (!typed.success) return [];
    return [[name, 'S' in typed.output ? typed.output.S : Number(typed.output.N)]];
  });
  return Object.fromEntries(plain);
}
