import * as v from 'valibot';
import { type ConditionRequest, holds, type StoredItem } from './condition';
import { updated } from './update';

/** An error as DynamoDB words it. */
export class TableError extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

export type Operation = (body: unknown) => object;

const value = v.union([v.strictObject({ S: v.string() }), v.strictObject({ N: v.pipe(v.string(), v.decimal()) })]);
const key = v.object({ kind: v.object({ S: v.string() }), entry: v.object({ S: v.string() }) });
/** An empty list of them is refused. */
const values = v.pipe(
  v.record(v.string(), value),
  v.check((given) => Object.keys(given).length > 0, 'ExpressionAttributeValues must not be empty'),
);
const named = <T extends v.ObjectEntries>(table: string, entries: T) =>
  v.object({ TableName: v.literal(table), ...entries });
/** Real pages are 1 MB; these are short, so that readers are seen to turn them. */
const PAGE = 25;

/** The items of one table with string keys `kind` and `entry`, and DynamoDB's way with them. */
export function createOperations(table: string, nowMs: () => number): Readonly<Record<string, Operation>> {
  const items = new Map<string, StoredItem>();
  const putRequest = named(table, {
    Item: v.intersect([key, v.record(v.string(), value)]),
    ConditionExpression: v.optional(v.string()),
    ExpressionAttributeNames: v.optional(v.record(v.string(), v.string()), {}),
    ExpressionAttributeValues: v.optional(values),
  });
  const keyRequest = named(table, { Key: key });
  const getRequest = named(table, { Key: key, ConsistentRead: v.optional(v.boolean()) });
  const updateRequest = named(table, {
    Key: key,
    UpdateExpression: v.string(),
    ConditionExpression: v.optional(v.string()),
    ExpressionAttributeNames: v.record(v.string(), v.string()),
    ExpressionAttributeValues: values,
    ReturnValues: v.picklist(['UPDATED_NEW', 'ALL_NEW']),
  });
  const queryRequest = named(table, {
    KeyConditionExpression: v.picklist([
      'kind = :kind',
      'kind = :kind AND entry < :entry',
      'kind = :kind AND entry > :entry',
    ]),
    ExpressionAttributeValues: v.object({
      ':kind': v.object({ S: v.string() }),
      ':entry': v.optional(v.object({ S: v.string() })),
    }),
    ExclusiveStartKey: v.optional(key),
    ScanIndexForward: v.optional(v.boolean(), true),
    Limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)), PAGE),
  });

  return {
    PutItem(body) {
      const { Item, ConditionExpression, ExpressionAttributeValues = {}, ...names } = read(putRequest, body);
      const id = idOf(Item);
      refuseUnless(ConditionExpression, { ...names, ExpressionAttributeValues }, items.get(id));
      items.set(id, Item);
      return {};
    },
    DeleteItem(body) {
      items.delete(idOf(read(keyRequest, body).Key));
      return {};
    },
    GetItem(body) {
      expire(items, nowMs() / 1000);
      const Item = items.get(idOf(read(getRequest, body).Key));
      return Item ? { Item } : {};
    },
    UpdateItem(body) {
      const { Key, ConditionExpression, ...request } = read(updateRequest, body);
      expire(items, nowMs() / 1000);
      const id = idOf(Key);
      refuseUnless(ConditionExpression, request, items.get(id));
      const { set, removed } = valid(() => updated(request, items.get(id)));
      const whole = Object.entries({ ...items.get(id), ...set, ...Key });
      const all: StoredItem = Object.fromEntries(whole.filter(([name]) => !removed.includes(name)));
      items.set(id, all);
      return { Attributes: request.ReturnValues === 'ALL_NEW' ? all : set };
    },
    Query(body) {
      const request = read(queryRequest, body);
      expire(items, nowMs() / 1000);
      const { ':kind': kind, ':entry': bound } = request.ExpressionAttributeValues;
      const isUp = request.ScanIndexForward;
      const from = request.ExclusiveStartKey?.entry.S;
      const isWanted = (entry: string): boolean =>
        (from === undefined || (isUp ? entry > from : entry < from)) &&
        (bound === undefined || (request.KeyConditionExpression.includes('<') ? entry < bound.S : entry > bound.S));
      const found = [...items.values()]
        .filter((item) => item['kind']?.['S'] === kind.S && isWanted(item['entry']!['S']!))
        .sort((a, b) => (a['entry']!['S']! < b['entry']!['S']! === isUp ? -1 : 1));
      const Items = found.slice(0, Math.min(request.Limit, PAGE));
      const last = found.length > Items.length ? Items.at(-1) : undefined;
      return {
        Items,
        Count: Items.length,
        ScannedCount: Items.length,
        ...(last && { LastEvaluatedKey: { kind: last['kind'], entry: last['entry'] } }),
      };
    },
  };
}

function read<T extends v.GenericSchema>(schema: T, body: unknown): v.InferOutput<T> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const path = issue.path?.map((part) => String(part.key)).join('.') ?? '';
  if (path === 'TableName') throw new TableError('ResourceNotFoundException', 'Requested resource not found');
  throw new TableError('ValidationException', `${path}: ${issue.message}`);
}

function refuseUnless(
  ConditionExpression: string | undefined,
  names: Omit<ConditionRequest, 'ConditionExpression'>,
  item: StoredItem | undefined,
): void {
  if (ConditionExpression === undefined || valid(() => holds({ ConditionExpression, ...names }, item))) return;
  throw new TableError('ConditionalCheckFailedException', 'The conditional request failed');
}

function valid<T>(perform: () => T): T {
  try {
    return perform();
  } catch (error) {
    throw new TableError('ValidationException', `Invalid expression: ${String(error)}`);
  }
}

/** No key has a character below the blank. */
const idOf = ({ kind, entry }: v.InferOutput<typeof key>): string => `${kind.S}\n${entry.S}`;

/** At once, where AWS takes up to days. */
function expire(items: Map<string, StoredItem>, nowSeconds: number): void {
  for (const [id, item] of items) {
    if (Number(item['expires']?.['N'] ?? Infinity) <= nowSeconds) items.delete(id);
  }
}
