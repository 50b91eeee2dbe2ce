import { answer } from '../../fixtures/answers/read-answers';
import type { ChainOutcome } from '../../../lambda/engine/chain/chain-context';
import type { Plan } from '../../../lambda/engine/chain/plan';
import { answers, FakeHost, fails, hangs, type Move, respond, setUpChain, type ChainSetup } from '../fake-host';
import { again, hostThatAnswers, run, stateOf } from './run-chain';

const overloaded = fails(529, 'overloaded_error');
const broken = fails(500, 'api_error');

/** A chain of Claude hosts, and other models behind it. */
function setUp(chain: readonly FakeHost[], others: readonly FakeHost[], over: Partial<Plan> = {}): ChainSetup {
  const [all, behind] = [setUpChain([...chain, ...others]), setUpChain(others)];
  const lastResort = behind.context.plan.chain.map((link) => ({
    ...link,
    model: 'gpt',
    healthScope: 'gpt',
    isHostsOwnId: true,
  }));
  const plan = { ...all.context.plan, chain: all.context.plan.chain.slice(0, chain.length), lastResort, ...over };
  return { ...all, context: { ...all.context, plan } };
}

test('another model answers when the whole chain is exhausted, and says that it was another', async () => {
  const gpt = new FakeHost('gpt', [answers]);
  const setup = setUp([new FakeHost('a', [overloaded]), new FakeHost('b', [overloaded])], [gpt]);
  const outcome = await run(setup);
  expect(outcome).toMatchObject({ kind: 'answered', answer: { host: 'gpt', model: 'gpt' } });
  expect(String(setup.context.trace)).toBe('a:overloaded, b:overloaded, gpt:ok');
});

test('another model is never asked while a host of the chain answers', async () => {
  const gpt = new FakeHost('gpt', [answers]);
  expect(await hostThatAnswers(setUp([new FakeHost('a', [overloaded]), new FakeHost('b', [answers])], [gpt]))).toBe(
    'b',
  );
  expect(gpt.calls).toEqual([]);
});

test('retries of the chain leave every other model its only attempt', async () => {
  const others = [new FakeHost('x', [broken]), new FakeHost('y', [answers])];
  const setup = setUp([new FakeHost('a', [broken])], others);
  const plan = { ...setup.context.plan, budget: { ...setup.context.plan.budget, maxAttempts: 3 } };
  const tight = { ...setup, context: { ...setup.context, plan } };
  expect(await hostThatAnswers(tight)).toBe('y');
  expect(String(setup.context.trace)).toBe('a:server-error, x:server-error, y:ok');
});

test('a fault of the request is told, and no other model asked', async () => {
  const gpt = new FakeHost('gpt', [answers]);
  const bad = fails(400, 'invalid_request_error');
  expect(await run(setUp([new FakeHost('a', [bad])], [gpt]))).toMatchObject({ kind: 'returned' });
  class Lacking extends FakeHost {
    override loses(): boolean {
      return true;
    }
  }
  const unable = await run(setUp([new Lacking('a', [answers])], [gpt], { features: ['files'] }));
  expect(unable).toMatchObject({ kind: 'exhausted', unable: ['a: lacks-files'] });
  expect(gpt.calls).toEqual([]);
});

test('what another model finds wrong with the request is not told: the next one is asked, and the chain heard', async () => {
  const strict = new FakeHost('strict', [fails(400, 'invalid_request_error')]);
  const down = [new FakeHost('a', [overloaded])];
  expect(await hostThatAnswers(setUp(down, [strict, new FakeHost('gpt', [answers])]))).toBe('gpt');
  const outcome = await run(setUp([new FakeHost('a', [overloaded])], [strict]));
  expect(outcome).toMatchObject({ kind: 'exhausted', failures: [{ host: 'a', reason: 'overloaded' }] });
});

test('another model that cannot carry the request is passed by, and the trace says what for', async () => {
  class Unable extends FakeHost {
    async cannotCarry(): Promise<string> {
      return 'lacks-citations';
    }
  }
  const unable = new Unable('unable', [answers]);
  const setup = setUp([new FakeHost('a', [overloaded])], [unable, new FakeHost('gpt', [answers])]);
  expect(await hostThatAnswers(setup)).toBe('gpt');
  expect(unable.calls).toEqual([]);
  expect(String(setup.context.trace)).toBe('a:overloaded, unable:lacks-citations, gpt:ok');
});

test('a host that recovers is tried before another model, and health of other models is kept as any', async () => {
  const [first, gpt] = [new FakeHost('a', [overloaded]), new FakeHost('gpt', [overloaded])];
  const setup = setUp([first], [gpt]);
  for (const each of [setup, again(setup), again(setup)]) await run(each);
  const skipped = again(setup);
  expect(await run(skipped)).toMatchObject({ kind: 'exhausted' });
  expect(String(skipped.context.trace)).toBe('a:skipped-open, a:overloaded, gpt:skipped-open, gpt:overloaded');
  expect(stateOf(setup, 'gpt')).toBe('open');
});

describe('a chain that hung', () => {
  const TIMES = 3;

  /** The next request, after as many as it takes to know it. */
  async function afterwards(others: readonly FakeHost[]): Promise<{ setup: ChainSetup; ended: ChainOutcome }> {
    const setup = setUp([new FakeHost('a', [...Array<Move>(TIMES).fill(hangs), answers])], others);
    for (let request = 0; request < TIMES; request++) await run(again(setup));
    const next = again(setup);
    return { setup: next, ended: await run(next) };
  }

  test('is not waited for while another model can be asked', async () => {
    const { setup, ended } = await afterwards([new FakeHost('gpt', [answers])]);
    expect(ended).toMatchObject({ kind: 'answered', answer: { host: 'gpt' } });
    expect(String(setup.context.trace)).toBe('a:skipped-open, gpt:ok');
  });

  test('is asked all the same where none can', async () => {
    class Unable extends FakeHost {
      async cannotCarry(): Promise<string> {
        return 'lacks-citations';
      }
    }
    const { setup, ended } = await afterwards([new Unable('gpt', [answers])]);
    expect(ended).toMatchObject({ kind: 'answered', answer: { host: 'a' } });
    expect(String(setup.context.trace)).toBe('a:skipped-open, gpt:lacks-citations, a:skipped-open, a:ok');
  });
});

test('a host whose words nobody knows is not blamed because another model has served the request', async () => {
  class Lagging extends FakeHost {
    override readonly schema = 'lagging';
  }
  const [odd, busy] = [
    new Lagging('odd', [fails(400, 'odd', {}, 'nobody knows this')]),
    new FakeHost('a', [() => respond(429, '{}', { 'retry-after': '1' })]),
  ];
  let conversations = 0;
  const setup = setUp([odd, busy], [new FakeHost('gpt', [answers])], {
    conversation: () => (conversations++ % 50) / 50,
  });
  for (let request = 0; request < 20; request++) expect(await hostThatAnswers(again(setup))).toBe('gpt');
  expect(odd.calls).toHaveLength(20);
});

describe('a refusal', () => {
  /** As recorded, without what that model had said before. */
  const unsaid = answer('refusal').sse.replaceAll(/event: content_block_\w+\ndata: .*\n\n/g, '');
  const refuses: Move = () => respond(200, unsaid, { 'content-type': 'text/event-stream' });
  const withRefusals = (hosts: readonly FakeHost[], models: readonly string[]): ChainSetup => {
    const setup = setUpChain(hosts);
    const { chain } = setup.context.plan;
    const onRefusal = models.flatMap((model) => chain.map((link) => ({ ...link, model, healthScope: model })));
    return { ...setup, context: { ...setup.context, plan: { ...setup.context.plan, onRefusal } } };
  };

  test('goes to the other models in turn, until one does not refuse', async () => {
    const host = new FakeHost('cloud', [refuses, refuses, answers]);
    expect(await run(withRefusals([host], ['fable', 'sonnet']))).toMatchObject({
      kind: 'answered',
      answer: { model: 'sonnet' },
    });
    expect(host.calls.map(({ model }) => model)).toEqual(['claude-opus-5-5', 'fable', 'sonnet']);
  });

  test('stands where all refuse or fail, and is given whole', async () => {
    const outcome = await run(
      withRefusals([new FakeHost('cloud', [refuses, refuses, overloaded])], ['fable', 'sonnet']),
    );
    expect(outcome).toMatchObject({
      kind: 'answered',
      answer: { model: 'claude-opus-5-5', ended: { stopReason: 'refusal', failure: undefined } },
    });
  });

  test('after content is the answer', async () => {
    const host = new FakeHost('cloud', [
      () => respond(200, answer('refusal').sse, { 'content-type': 'text/event-stream' }),
    ]);
    expect(await hostThatAnswers(withRefusals([host], ['fable']))).toBe('cloud');
    expect(host.calls).toHaveLength(1);
  });

  test('is the answer where nobody has said otherwise', async () => {
    const host = new FakeHost('cloud', [refuses]);
    const outcome = await run(setUpChain([host]));
    expect(outcome).toMatchObject({ kind: 'answered', answer: { model: 'claude-opus-5-5' } });
    if (outcome.kind === 'answered') outcome.answer.discard();
    expect(host.calls).toHaveLength(1);
  });
});
