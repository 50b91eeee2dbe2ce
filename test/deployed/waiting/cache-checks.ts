import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Checks } from '../../checks';
import { unusedRights } from '../iam/unused-rights';
import { keyOf } from '../question';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import type { SetUp } from '../set-up';
import { MODEL, QUEUE_STACK } from '../stack/test-config';

/** Of which no zipping makes less than an item of the table may have. */
const LARGE = randomBytes(300_000).toString('base64');

const contentOf = (message: string): unknown => (JSON.parse(message) as { content: unknown }).content;

/** After a failure the router leaves its places alone for five seconds. */
const REST_MS = 6000;

/** Answers that the router of the same stack gives again to requests that ask for it: from the deployed table, and from the bucket. */
export async function checkCache({ check }: Checks, stage: SetUp, gateway: DeployedGateway): Promise<void> {
  const { iam, chain } = stage;
  const headers = {
    'content-type': 'application/json',
    'anthropic-version': '2023-06-01',
    'x-api-key': keyOf(gateway, 'product'),
    'x-failover-cache': '600',
  };
  const ask = async (content: string, stream = false) => {
    const body = JSON.stringify({ model: MODEL, max_tokens: 128_000, stream, messages: [{ role: 'user', content }] });
    const answer = await fetch(`${gateway.url}/v1/messages`, { method: 'POST', headers, body });
    const text = await answer.text();
    assert.equal(answer.status, 200, text.slice(0, 500));
    return { status: answer.headers.get('x-failover-cache'), text };
  };
  const calls = (): number => chain.host('anthropic').requests.length;
  /** Nobody waits for a place that is slow, as the emulator's may be beside other work: what comes too late is asked for once more. */
  const hit = async (content: string, stream = false) => {
    for (let left = 5; ; left -= 1) {
      const before = calls();
      const answer = await ask(content, stream);
      assert.equal(calls(), answer.status === 'hit' ? before : before + 1);
      if (answer.status === 'hit' || left === 0) return answer;
      await sleep(REST_MS);
    }
  };
  const askAgain = async (content: string) => {
    const first = await ask(content);
    const again = await hit(content);
    const streamed = await hit(content, true);
    assert.deepEqual([first.status, again.status, streamed.status], ['miss', 'hit', 'hit']);
    assert.deepEqual(contentOf(again.text), contentOf(first.text));
    assert.match(streamed.text, /event: message_stop\n/);
    return again.text;
  };

  await check('a cache: an answer is given again from the deployed table, whole and as a stream', async () => {
    await chain.heal();
    await askAgain('What may be asked twice?');
  });

  await check('a cache: one that is too large for it comes from the bucket', async () => {
    assert.ok((await askAgain(`sim:turns=[[${JSON.stringify(LARGE)}]]`)).includes(LARGE));
  });

  await check('a cache: every call is allowed, and no right to its table and bucket is unused', async () => {
    assert.deepEqual(
      iam.ledger.flatMap(({ refusal, access }) =>
        refusal?.includes(QUEUE_STACK) && /s3|dynamodb/.test(access.action) ? [refusal] : [],
      ),
      [],
    );
    const unused = await unusedRights(await iam.account(), iam.ledger);
    assert.deepEqual(
      // Of the router: the bucket's own policy is a prohibition, of calls without TLS.
      unused.filter((right) => right.includes(QUEUE_STACK) && /cache(table|bucket)/i.test(right)),
      [],
    );
  });
}
