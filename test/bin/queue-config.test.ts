import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { checkConfig } from '../../bin/check-config';
import { GatewayStack } from '../../bin/gateway-stack';
import config from '../../failover.config';

const templateOf = (parts: object): Template =>
  Template.fromStack(
    new GatewayStack(new App(), checkConfig({ ...config, pageEmails: ['on-call@example.com'], ...parts })),
  );

it('gives the stack a queue, and each team with webhooks a secret of its own', () => {
  const webhooks = [{ team: 'default', hosts: ['hooks.example.com'] }];
  const template = templateOf({ queue: { deadlineMinutes: 120, maxConcurrency: 3, webhooks }, whenDown: 'queue' });
  template.hasResourceProperties('AWS::SQS::Queue', { MessageRetentionPeriod: 4 * 3600 });
  template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { ScalingConfig: { MaximumConcurrency: 3 } });
  expect(Object.keys(template.findResources('AWS::SecretsManager::Secret')).join()).toContain('Webhookdefault');
  const stored = JSON.stringify(template.toJSON());
  expect(stored).toContain('hooks.example.com');
  expect(stored).toContain('whenDown');
});

it.each([
  [{ queue: { deadlineMinutes: 0 } }, 'queue.deadlineMinutes'],
  [{ queue: { webhooks: [{ team: 'default', hosts: ['http://x'] }] } }, 'queue.webhooks[0].hosts[0]'],
  [{ queue: { webhooks: [{ team: 'nobody', hosts: ['a.example.com'] }] } }, "there is no client 'nobody'"],
  [{ queue: {}, regions: ['us-east-1', 'us-west-2'] }, 'queue: is in one region'],
  [{ whenDown: 'queue' }, "'whenDown' is WhenDown.QUEUE"],
])('%j is refused', (parts, problem) => {
  expect(() => templateOf(parts)).toThrow(problem);
});
