import assert from 'node:assert/strict';
import type { SQSRecord } from 'aws-lambda';
import { json } from 'node:stream/consumers';
import type { Checks } from '../../checks';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import { MODEL } from '../stack/test-config';
import { openPoller } from './poller';
import type { WaitingStack } from './waiting-checks';

interface Waiting {
  readonly id: string;
  readonly url: string;
}

/** Requests that can wait: asked for through the deployed gateway, and answered by the deployed worker in the router's role. */
export async function checkQueue({ check }: Checks, stage: SetUp, { gateway, physical }: WaitingStack): Promise<void> {
  const { aws, chain } = stage;
  const { Configuration } = await aws.lambda.getFunction({
    FunctionName: physical(/RequestQueueWorker/, 'AWS::Lambda::Function'),
  });
  const worker = await stage.start(Configuration?.FunctionArn ?? '');
  const poller = await openPoller(stage, worker.fn, physical(/RequestQueue(?!DeadLetters)/, 'AWS::SQS::Queue'));
  const headers = { 'x-api-key': keyOf(gateway, 'product'), 'anthropic-version': '2023-06-01' };
  const ask = async (): Promise<Waiting> => {
    const body = JSON.stringify({ model: MODEL, max_tokens: 64, messages: [{ role: 'user', content: 'Hello' }] });
    const asked = { ...headers, 'content-type': 'application/json', prefer: 'respond-async' };
    const answer = await fetch(`${gateway.url}/v1/messages`, { method: 'POST', headers: asked, body });
    assert.equal(answer.status, 202, await answer.clone().text());
    return (await answer.json()) as Waiting;
  };
  const look = ({ id }: Waiting) => fetch(`${gateway.url}/v1/messages/async/${id}`, { headers });
  /** As Lambda does it: takes messages in the name of the function's role, and deletes those that have not failed. */
  const work = async (): Promise<number> => {
    const records = await poller.take();
    const { batchItemFailures } = (await json(await worker.invoke({ Records: records }))) as {
      batchItemFailures: { itemIdentifier: string }[];
    };
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    await poller.delete(records.filter(({ messageId }: SQSRecord) => !failed.includes(messageId)));
    return failed.length;
  };
  try {
    await check(
      'requests that wait: 202 through the deployed gateway, and the answer once the worker has been',
      async () => {
        await chain.heal();
        const waiting = await ask();
        assert.equal((await look(waiting)).status, 202);
        assert.equal(await work(), 0);
        const answer = await look(waiting);
        assert.equal(answer.status, 200, await answer.clone().text());
        assert.equal(((await answer.json()) as { type: string }).type, 'message');
        assert.equal(answer.headers.get('x-failover-host'), 'anthropic');
      },
    );

    await check('requests that wait: another team is not told, and nobody of what is not there', async () => {
      const waiting = await ask();
      const others = { ...headers, 'x-api-key': keyOf(gateway, 'slow') };
      const asked = await fetch(`${gateway.url}/v1/messages/async/${waiting.id}`, { headers: others });
      assert.equal(asked.status, 404);
      assert.equal(await work(), 0);
    });

    await check('requests that wait: every host down, the message stays and comes again later', async () => {
      const waiting = await ask();
      for (const name of ['anthropic', 'bedrock-us-east-1', 'bedrock-us-west-2'] as const) {
        await chain.host(name).setFault({ kind: 'refused' });
      }
      assert.equal(await work(), 1);
      assert.equal((await look(waiting)).status, 202);
      assert.deepEqual(await poller.take(), []);
      await chain.heal();
    });
  } finally {
    await worker.close();
  }
}
