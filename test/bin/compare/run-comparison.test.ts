import { runComparison } from '../../../bin/compare/run-comparison';
import { given, request } from './given';

const host = { name: 'anthropic', kind: 'anthropic', keys: [{ env: 'KEY' }] } as const;
const links = ['first', 'second', 'third'].map((name) => ({ name, host, model: undefined }));

test.each([1, 2, 5])(
  'no more than %d requests are under way at a time, and so many while there are some',
  async (concurrency) => {
    let underWay = 0;
    let most = 0;
    const ask = async () => {
      most = Math.max(most, (underWay += 1));
      await new Promise(setImmediate);
      underWay -= 1;
      return given();
    };
    const plan = { links, requests: [request(), request()], repeat: 2, concurrency, modelOf: () => 'claude-opus-5-5' };
    const counts: number[] = [];
    await runComparison(plan, ask, (done) => void counts.push(done), new AbortController().signal);
    expect(most).toBe(concurrency);
    expect(counts.at(-1)).toBe(12);
  },
);

test('answers come back by the order of the links, whoever is sooner', async () => {
  const plan = { links, requests: [request()], repeat: 1, concurrency: 3, modelOf: () => 'claude-opus-5-5' };
  const waits = [3, 1, 2];
  const ask = async ({ name }: { readonly name: string }) => {
    for (let left = waits[links.findIndex((link) => link.name === name)]!; left > 0; left -= 1) await Promise.resolve();
    return given({ text: name });
  };
  const [compared] = await runComparison(plan, ask, () => {}, new AbortController().signal);
  const texts = compared?.rounds[0]?.map(({ answer }) => answer.isGiven && answer.content[0]?.['text']);
  expect(texts).toEqual(['first', 'second', 'third']);
});
