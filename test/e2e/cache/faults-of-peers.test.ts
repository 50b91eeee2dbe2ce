import { BODY, expectCompleteStream, post, STREAMED, textOf } from '../raw-client';
import { SDKS, toolTurn } from '../sdks';
import { useCache } from './caching';

const start = useCache();
const status = ({ headers }: { headers: Headers }) => headers.get('x-failover-cache');
const asking = (content: string) => ({ ...BODY, messages: [{ role: 'user', content }] });

test('a hit of a stream is a stream of events, with the text that was kept (litellm #11145, vllm semantic-router #913)', async () => {
  const gateway = await start();
  const first = await post(gateway, BODY);
  await gateway.kept(1);
  const hit = await post(gateway, STREAMED);
  expectCompleteStream(hit);
  expect(status(hit)).toBe('hit');
  expect(hit.events.filter(({ event }) => event === 'content_block_delta').length).toBeGreaterThan(1);
  expect(textOf(hit)).toBe(textOf(first));
});

test('what came as a stream is kept, and found by the next stream (litellm #24579)', async () => {
  const gateway = await start();
  const first = await post(gateway, STREAMED);
  await gateway.kept(1);
  const hit = await post(gateway, STREAMED);
  expect([status(hit), textOf(hit)]).toEqual(['hit', textOf(first)]);
});

test('no question gets the answer to one that is like it (litellm #12234)', async () => {
  const gateway = await start();
  const questions = [
    'May I take A with B?',
    'May I take A without B?',
    'may I take A with B?',
    'May I take A with B ?',
  ];
  const answered = [];
  for (const question of questions) answered.push(await post(gateway, asking(question)));
  expect(answered.map(status)).toEqual(questions.map(() => 'miss'));
  expect(new Set(answered.map(textOf)).size).toBe(questions.length);
  await gateway.kept(questions.length);
  for (const [at, question] of questions.entries()) {
    const again = await post(gateway, asking(question));
    expect([status(again), textOf(again)]).toEqual(['hit', textOf(answered[at]!)]);
  }
});

test('what says the same in other words of JSON is found (litellm #31610)', async () => {
  const gateway = await start();
  await post(gateway, BODY);
  await gateway.kept(1);
  const { model, max_tokens: most, messages } = BODY;
  const turned = { metadata: { user_id: 'a' }, messages, max_tokens: most, model };
  const spelled = JSON.stringify(BODY)
    .replace('Hello', String.raw`\u0048ello`)
    .replace('1024', '1.024e3');
  for (const same of [turned, JSON.stringify(BODY, undefined, 2), spelled]) {
    expect(status(await post(gateway, same))).toBe('hit');
  }
  expect(gateway.counts()).toEqual({ anthropic: 1 });
});

test('a turn with the result of a tool is another than without it, or with another result (litellm #28778)', async () => {
  const gateway = await start();
  const client = Object.values(SDKS)[0]!.connect(gateway.url);
  const call = await client.create({ ...toolTurn({ content: [] } as never), messages: BODY.messages as never });
  const turn = toolTurn(call);
  const after = await client.create(turn);
  await gateway.kept(2);
  expect(JSON.stringify(after.content)).toContain('The tool has answered');
  expect(await client.stream(turn)).toEqual(after);
  expect(gateway.counts()).toEqual({ anthropic: 2 });
  await client.create(JSON.parse(JSON.stringify(turn).replace('Sunny', 'Rain')) as typeof turn);
  expect(gateway.counts()).toEqual({ anthropic: 3 });
});
