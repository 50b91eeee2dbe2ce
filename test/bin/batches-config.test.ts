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

describe('batch jobs', () => {
  const chain = [
    { host: 'bedrock', region: 'us-east-1' },
    { host: 'bedrock', region: 'us-west-2' },
    { host: 'vertex' },
  ];
  const google = { projectId: 'my-project', projectNumber: '123456789012' };
  const parts = (jobs: object) => ({ region: 'us-east-1', chain, google, batches: { jobs } });

  it('are given by the names of hosts, and reach the router', () => {
    const template = templateOf(
      parts({
        'bedrock-us-east-1': { minRequests: 500 },
        'bedrock-us-west-2': { bucket: 's3://mine-in-oregon' },
        vertex: { bucket: 'gs://mine', location: 'us-east5' },
      }),
    );
    const config = JSON.stringify(Object.values(template.findResources('AWS::Lambda::Function')));
    for (const text of ['{"bucket":"gs://mine","location":"us-east5"}', '"minRequests":500', 's3://mine-in-oregon']) {
      expect(config).toContain(JSON.stringify(text).slice(1, -1));
    }
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).toContain('mine-in-oregon/batches/jobs/*');
  });

  it.each([
    [{ vertex: { bucket: 'mine' } }, 'batches.jobs.vertex.bucket: got "mine"; must be a bucket of Cloud Storage'],
    [{ vertex: {} }, "'vertex' is of kind 'vertex': take BatchJobs.vertex(), with a bucket 'gs://...'"],
    [{ bedrock: {} }, "must be the name of a host of the chain, got 'bedrock'"],
    [{ 'bedrock-us-west-2': {} }, 'jobs of a host in us-west-2 need a bucket there'],
  ])('%j is refused', (jobs, problem) => {
    expect(() => templateOf(parts(jobs))).toThrow(problem);
  });
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
