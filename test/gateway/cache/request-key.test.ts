import fc from 'fast-check';
import type { Plan } from '../../../lambda/engine/chain/plan';
import { requestKey } from '../../../lambda/gateway/cache/request-key';

/** What of a request its key may depend on. Few values, so that equal ones come up. */
interface Said {
  readonly client: string | undefined;
  readonly model: string;
  readonly version: string;
  readonly betas: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  readonly stream: boolean;
  readonly user: string;
}

const few = <T>(...values: T[]) => fc.constantFrom(...values);
const json = fc.letrec<{ value: unknown; leaf: unknown; list: unknown; object: unknown }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('list'), tie('object')),
  leaf: few<unknown>('', 'a', '1', 1, 1.5, 0, true, null),
  list: fc.array(tie('value'), { maxLength: 2 }),
  object: fc.dictionary(few('a', 'b', 'stream', 'metadata'), tie('value'), { maxKeys: 2, noNullPrototype: true }),
})).value;
const said: fc.Arbitrary<Said> = fc.record({
  client: few<string | undefined>(undefined, 'one', 'two', 'null', 'shared', 'one","two'),
  model: few('claude-sonnet-4-6', 'claude-haiku-4-5'),
  version: few('2023-06-01', '2026-10-21'),
  betas: fc.array(few('a-2026-01-01', 'b-2026-01-01', 'c-2026-01-01'), { maxLength: 3 }),
  body: fc.record({ max_tokens: few(1, 2), messages: json }, { noNullPrototype: true }),
  stream: fc.boolean(),
  user: few('u1', 'u2'),
});
/** The same, and one of its parts from another: what differs in one thing only. */
const pair = fc
  .tuple(said, said, fc.subarray<keyof Said>(['client', 'model', 'version', 'betas', 'body', 'stream', 'user']))
  .map(([one, other, parts]): [Said, Said] => [
    one,
    { ...one, ...Object.fromEntries(parts.map((part) => [part, other[part]])) },
  ]);

function shuffled(value: unknown, isTurned: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => shuffled(each, isTurned));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, each]) => [name, shuffled(each, isTurned)] as const);
  return Object.fromEntries(isTurned ? members.reverse() : members);
}

function planOf({ client, model, version, betas, body, stream, user }: Said, isTurned = false): Plan {
  const all = { ...body, model: isTurned ? `an alias of ${model}` : model, stream, metadata: { user_id: user } };
  const text = JSON.stringify(shuffled(all, isTurned), undefined, isTurned ? 2 : 0);
  const named = isTurned ? [...betas].reverse() : betas;
  return {
    client,
    model,
    body: JSON.parse(text),
    bytes: new TextEncoder().encode(text),
    headers: { 'anthropic-version': version, ...(named.length > 0 && { 'anthropic-beta': named.join(', ') }) },
  } as unknown as Plan;
}

/** By other means than those of the key. */
const isSame = (one: Said, other: Said, isShared: boolean): boolean =>
  (isShared || one.client === other.client) &&
  one.model === other.model &&
  one.version === other.version &&
  new Set(one.betas).symmetricDifference(new Set(other.betas)).size === 0 &&
  deepEqual(one.body, other.body);

function deepEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one, other] as [Record<string, unknown>, Record<string, unknown>];
  const names = Object.keys(left);
  return (
    names.length === Object.keys(right).length &&
    names.every((name) => Object.hasOwn(right, name) && deepEqual(left[name], right[name]))
  );
}

describe.each([
  ['apart', false],
  ['shared', true],
])('clients that are %s', (_, shared) => {
  test('two requests have one key only where client, model, version, betas and body are equal', () => {
    fc.assert(
      fc.property(pair, fc.boolean(), ([one, other], isTurned) => {
        const config = { ttlSeconds: 60, shared };
        const isOneKey = requestKey(planOf(one), config) === requestKey(planOf(other, isTurned), config);
        expect(isOneKey).toBe(isSame(one, other, shared));
      }),
      { numRuns: 2000 },
    );
  });
});

test('what clients share is never found by one that is apart, nor in another epoch', () => {
  fc.assert(
    fc.property(said, (one) => {
      const keys = [{}, { shared: true }, { epoch: 1 }, { shared: true, epoch: 1 }].map((more) =>
        requestKey(planOf(one), { ttlSeconds: 60, ...more }),
      );
      expect(new Set(keys).size).toBe(keys.length);
    }),
  );
});
