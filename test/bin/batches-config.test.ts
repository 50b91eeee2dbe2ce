import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { checkConfig } from '../../bin/check-config';
import { GatewayStack } from '../../bin/gateway-stack';
import { STACK_OUTPUT } from '../../lib/contract';
import config from '../../failover.config';

const templateOf = (parts: object): Template =>
  Template.fromStack(
    new GatewayStack(new App(), checkConfig({ ...config, pageEmails: ['on-call@example.com'], ...parts })),
  );

it('gives the stack batches, and whoever looks after it the alarms of them', () => {
  const template = templateOf({ batches: { patienceMinutes: 90, fullPriceUsdPerDay: 12.5, canary: true } });
  expect(JSON.stringify(template.toJSON())).toContain(
    '\\"batches\\":{\\"patienceMs\\":5400000,\\"fullPriceUsdPerDay\\":12.5}',
  );
  template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'rate(1 day)' });
  for (const name of ['BatchUnanswered', 'BatchWorkerErrors', 'BatchCanary']) {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: Match.stringLikeRegexp(`/${name}$`) });
  }
});

it('tells the doctor where they are', () => {
  const outputs = templateOf({ batches: {} }).findOutputs('*', { Description: STACK_OUTPUT });
  expect(JSON.stringify(outputs)).toMatch(/batches.*table.*BatchesStoreTable.*bucket.*BatchesStoreBucket/);
});

it.each([
  [{ batches: { patienceMinutes: 0 } }, 'batches.patienceMinutes'],
  [{ batches: { fullPriceUsdPerDay: -1 } }, 'batches.fullPriceUsdPerDay'],
  [{ batches: { canary: 'daily' } }, 'batches.canary'],
  [{ batches: {}, regions: ['us-east-1', 'us-west-2'] }, 'batches: are in one region'],
])('%j is refused', (parts, problem) => {
  expect(() => templateOf(parts)).toThrow(problem);
});
