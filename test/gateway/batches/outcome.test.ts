import { costUsd } from '../../../lib/catalog/prices';
import type { VertexHostConfig } from '../../../lib/contract';
import { outcomeOf } from '../../../lambda/gateway/batches/worker/outcome';
import { hostOfJobs } from '../../../lambda/hosts/batches/create-place';
import { errored } from '../../../lambda/wire/anthropic/batches/batch-result';

const MODEL = 'claude-opus-5-5';
const usage = { input_tokens: 1_000_000, output_tokens: 100_000 };
const global: VertexHostConfig = { name: 'vertex', kind: 'vertex', project: 'p', location: 'global' };
const answered = new Map([[0, { type: 'succeeded', message: { usage } } as const]]);
const costAt = (host: VertexHostConfig) => outcomeOf(answered, [{ model: MODEL }], host).costUsd;

it('what a job has answered costs half of the list price', () => {
  expect(costAt(global)).toBeCloseTo(costUsd(MODEL, usage)! / 2, 9);
});

it('a job in a region costs what a region costs, although its host is global', () => {
  const inRegion = hostOfJobs(global, { location: 'us-east5' }) as VertexHostConfig;
  expect(costAt(inRegion)).toBeCloseTo(costAt(global) * 1.1, 9);
  expect(hostOfJobs(global, {})).toEqual(global);
});

it('an error that another place may see differently is no answer', () => {
  const wrong = errored('invalid_request_error', 'thinking: Extra inputs are not permitted');
  const results = new Map([
    [0, { ...wrong, isUnsure: true }],
    [1, wrong],
  ]);
  expect([...outcomeOf(results, [{ model: MODEL }, { model: MODEL }], global).marks]).toEqual([[1, 'errored']]);
});
