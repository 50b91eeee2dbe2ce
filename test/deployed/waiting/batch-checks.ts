import Anthropic from '@anthropic-ai/sdk';
import type { MessageBatchIndividualResponse } from '@anthropic-ai/sdk/resources/messages/batches';
import assert from 'node:assert/strict';
import { json } from 'node:stream/consumers';
import type { BatchWork } from '../../../lib/contract';
import type { Checks } from '../../checks';
import { maySchedule } from '../iam/aws-acts';
import { keyOf } from '../question';
import type { SetUp } from '../set-up';
import { TROUBLE } from '../stack/simulated-chain';
import { MODEL } from '../stack/test-config';
import type { WaitingStack } from './waiting-checks';

const MOST_TURNS = 20;

/** Message Batches of a deployed stack: made by an official SDK, and worked off by the deployed worker as its schedules wake it. */
export async function checkBatches(
  { check }: Checks,
  stage: SetUp,
  { gateway, physical }: WaitingStack,
): Promise<void> {
  const { aws, chain, iam } = stage;
  const lines: string[] = [];
  const { Configuration } = await aws.lambda.getFunction({
    FunctionName: physical(/BatchesWorker/, 'AWS::Lambda::Function'),
  });
  const worker = await stage.start(Configuration?.FunctionArn ?? '', { onLine: (line) => lines.push(line) });
  const sdk = (team: string) =>
    new Anthropic({ baseURL: gateway.url, apiKey: keyOf(gateway, team), maxRetries: 0, logLevel: 'off' });
  const { batches } = sdk('product').messages;
  const GroupName = physical(/BatchesSchedulesGroup/, 'AWS::Scheduler::ScheduleGroup');
  const schedules = async () => {
    const { Schedules = [] } = await aws.scheduler.listSchedules({ GroupName });
    return Promise.all(Schedules.map(({ Name }) => aws.scheduler.getSchedule({ GroupName, Name })));
  };
  const wake = async (event: object): Promise<void> => void (await json(await worker.invoke(event)));
  /** What EventBridge Scheduler does once a minute, by the role of each schedule. */
  const minute = async (): Promise<void> => {
    for (const { Target } of await schedules()) {
      if (Target === undefined) continue;
      await maySchedule(iam, Target);
      assert.equal(Target.Arn, Configuration?.FunctionArn);
      await wake(JSON.parse(Target.Input ?? '') as BatchWork);
    }
  };
  const untilEnded = async (): Promise<void> => {
    for (let turn = 0; (await schedules()).length > 0; turn += 1) {
      assert.ok(turn < MOST_TURNS, `a batch never ends:\n${lines.join('')}`);
      await minute();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };
  const make = (texts: readonly string[]) =>
    batches.create({
      requests: texts.map((content, at) => ({
        custom_id: `r${at}`,
        params: { model: MODEL, max_tokens: 64, messages: [{ role: 'user', content }] },
      })),
    });
  const resultsOf = async (id: string) => {
    const all: MessageBatchIndividualResponse[] = [];
    for await (const result of await batches.results(id)) all.push(result);
    return all;
  };
  const TEXTS = Array.from({ length: 12 }, (_, at) => (at % 3 === 1 ? TROUBLE : `Hello ${at}`));
  try {
    await check(
      'batches: Anthropic fails at the creation and in the results, and all is answered in order',
      async () => {
        await chain.heal();
        await chain.host('anthropic').setFault({ kind: 'overloaded' });
        const { id } = await make(TEXTS);
        await minute();
        assert.equal((await batches.retrieve(id)).processing_status, 'in_progress');
        await chain.heal();
        await untilEnded();
        const results = await resultsOf(id);
        assert.deepEqual(
          results.map(({ custom_id, result }) => `${custom_id} ${result.type}`),
          TEXTS.map((_, at) => `r${at} succeeded`),
        );
        const ended = lines.find((line) => line.includes('"message":"batch"')) ?? lines.join('');
        assert.match(ended, /"answered":\{"anthropic":8,"\(router\)":4\}/);
      },
    );

    await check('batches: another team sees none of them; who made one cancels and deletes it', async () => {
      const { id } = await make(['Hello']);
      const others = sdk('slow').messages.batches;
      await assert.rejects(others.retrieve(id), { status: 404 });
      await batches.cancel(id);
      await untilEnded();
      assert.deepEqual((await batches.retrieve(id)).request_counts.canceled, 1);
      await batches.delete(id);
      await assert.rejects(batches.retrieve(id), { status: 404 });
    });

    await check('batches: the canary’s schedule has the worker make a batch, which is answered', async () => {
      const { Target } = await aws.scheduler.getSchedule({
        Name: physical(/SchedulesCanary/, 'AWS::Scheduler::Schedule'),
      });
      assert.ok(Target);
      await maySchedule(iam, Target);
      await wake(JSON.parse(Target.Input ?? '') as object);
      assert.ok(
        lines.some((line) => line.includes('"BatchCanaryFailures":0')),
        lines.join(''),
      );
      assert.equal((await schedules()).length, 1);
      await untilEnded();
    });
  } finally {
    await worker.close();
  }
}
