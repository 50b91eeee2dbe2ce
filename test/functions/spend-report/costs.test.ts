import { spendQuery } from '../../../lib/contract/governance/spend-report';
import { costRows, costsBy, total, UNTOLD } from '../../../lambda/functions/spend-report/costs';
import { type LogEvent, runQuery } from '../../../local/logs-insights/run-query';
import { requestLine, requestLines } from './request-lines';

const AT = Date.UTC(2026, 10, 27, 9);
const rowsOf = (events: readonly LogEvent[]) => costRows(runQuery(spendQuery(['team', 'model', 'host']), events));

test('costs are added up by team, model and host, the dearest first', () => {
  const rows = rowsOf(
    requestLines(AT, {}, { costUsd: 0.25, host: 'bedrock' }, { client: 'beta', costUsd: 2, model: 'claude-haiku-5-5' }),
  );
  expect([...costsBy('team', rows)].map(([team, { usd }]) => [team, usd])).toEqual([
    ['beta', 2],
    ['alpha', 0.75],
  ]);
  expect(costsBy('host', rows).get('bedrock')).toEqual({ requests: 1, unpriced: 0, tokens: 120, usd: 0.25 });
  expect([...costsBy('model', rows).keys()]).toEqual(['claude-haiku-5-5', 'claude-opus-5-5']);
  expect(total(rows).usd).toBeCloseTo(2.75);
});

test('a line that stands for ten requests counts ten times, and one of a failover once', () => {
  const sampled = requestLine(AT, {}, 0.1)!;
  const failedOver = requestLine(AT, { isFailover: true, attempts: 2 }, 0.1)!;
  expect(JSON.parse(sampled.message)).toMatchObject({ sampled: 0.1 });
  const all = total(rowsOf([sampled, failedOver]));
  expect(all.requests).toBeCloseTo(11);
  expect(all.tokens).toBeCloseTo(1320);
  expect(all.usd).toBeCloseTo(5.5);
});

test('what has no price, or no count of tokens, is counted as such and never as nothing', () => {
  const rows = rowsOf(
    requestLines(
      AT,
      {},
      { costUsd: undefined, model: 'my-model' },
      { costUsd: undefined, usage: undefined, tokens: undefined, outcome: 'died', model: 'my-model' },
    ),
  );
  expect(costsBy('model', rows).get('my-model')).toMatchObject({ requests: 2, unpriced: 2, usd: 0 });
  expect(total(rows)).toMatchObject({ requests: 3, unpriced: 1 + 1, usd: 0.5 });
});

test('the cost of another model that answered is that model’s, and of no team where no client was known', () => {
  const rows = rowsOf(requestLines(AT, { answeredBy: 'gpt-5.2', host: 'openai', client: undefined }));
  expect([...costsBy('model', rows).keys()]).toEqual(['gpt-5.2']);
  expect([...costsBy('team', rows).keys()]).toEqual([UNTOLD]);
});

test('counted tokens, files and requests that no host answered cost nothing and are not there', () => {
  const events = requestLines(
    AT,
    { endpoint: 'count_tokens', costUsd: undefined },
    { endpoint: 'files', costUsd: undefined },
    { host: undefined, outcome: 'exhausted', costUsd: undefined },
  );
  expect(rowsOf([...events, { at: AT, message: JSON.stringify({ message: 'attempt', host: 'x' }) }])).toEqual([]);
});

test('OpenAI’s doors cost as Anthropic’s does', () => {
  const rows = rowsOf(requestLines(AT, { endpoint: 'chat_completions' }, { endpoint: 'responses' }));
  expect(total(rows)).toMatchObject({ requests: 2, usd: 1 });
});
