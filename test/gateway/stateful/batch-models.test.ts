import { BatchModels } from '../../../lambda/gateway/stateful/batch-models';

function modelsIn(text: string, step = Infinity): string[] {
  const found: string[] = [];
  const batch = new BatchModels((model) => found.push(model));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += Math.min(step, bytes.length)) batch.take(bytes.subarray(at, at + step));
  return found;
}

const BATCH = JSON.stringify({
  model: 'no',
  requests: [
    { custom_id: 'model', params: { model: 'a', messages: [{ role: 'user', content: '"params":{"model":"no"}' }] } },
    {
      custom_id: '\\',
      params: { tools: [{ model: 'no', input_schema: { params: { model: 'no' } } }], model: 'ä "b"' },
    },
    { params: { metadata: { requests: [{ params: { model: 'no' } }] }, stream: false, model: 'c' }, model: 'no' },
  ],
  more: { requests: [{ params: { model: 'no' } }] },
});

test.each([1, 2, 7, Infinity])('every model is found, and nothing else, in pieces of %d bytes', (step) => {
  expect(modelsIn(BATCH, step)).toEqual(['a', 'ä "b"', 'c']);
});

test.each([
  ['with white space', ' { "requests" : [ { "params" : { "model" : "a" } } ] } '],
  ['with escapes in its keys', '{"\\u0072equests":[{"par\\u0061ms":{"mode\\u006c":"a"}}]}'],
  ['after values of every kind', '{"a":[1,{"b":null},true],"requests":[{"n":-1.5e3,"params":{"x":{},"model":"a"}}]}'],
  ['in the second list of two', '{"requests":[],"requests":[{"params":{"model":"a"}}]}'],
])('a model %s is found', (_what, text) => {
  expect(modelsIn(text)).toEqual(['a']);
});

test('a name of any length is a name that nobody serves', () => {
  const [name] = modelsIn(`{"requests":[{"params":{"model":"${'x'.repeat(1_000_000)}"}}]}`);
  expect(name?.length).toBe(1024);
});

test('brackets without end cost linear time', () => {
  const before = performance.now();
  modelsIn(`{"requests":${'['.repeat(1_000_000)}`);
  expect(performance.now() - before).toBeLessThan(2000);
});
