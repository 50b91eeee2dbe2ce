import { Charge } from '../../../lambda/gateway/spend/charge';
import { estimateOf } from '../../../lambda/gateway/spend/estimate';
import { UsualAnswers } from '../../../lambda/engine/allowance/usual';
import type { Spend, SpendParts } from '../../../lambda/gateway/spend/spend';
import type { run } from '../../../lambda/gateway/run';

it('an answer that is kept back for want of a guardrail is paid for, and nothing stays held for it', async () => {
  const settled: number[] = [];
  const spend = { settle: (_: unknown, cost: number) => void settled.push(cost) } as unknown as Spend;
  const charge = new Charge(spend, {} as never, { amount: 700, open: [], answer: undefined });
  const start = (() => ({ context: {}, outcome: Promise.reject(new Error('503')) })) as unknown as typeof run;
  const { outcome } = charge.run(start, { observer: {} } as never, new AbortController().signal);
  await expect(outcome).rejects.toThrow('503');
  expect(settled).toEqual([700]);
});

it.each([-1, -1e12, Number.NaN, '-5', null, [], Infinity])('max_tokens of %p make no room for others', (asked) => {
  const prices = {
    of: (_host: string, _model: string, usage: Record<string, number>) => ({ micros: usage['output_tokens'] }),
  };
  const parts = { prices, usual: new UsualAnswers(), isUnknownFree: false } as unknown as SpendParts;
  const places = [{ host: 'a', model: 'm' }];
  const body = { max_tokens: asked };
  expect(estimateOf(parts, { client: 'web', model: 'm', places, body, bytes: 10 })).toBeGreaterThanOrEqual(0);
});
