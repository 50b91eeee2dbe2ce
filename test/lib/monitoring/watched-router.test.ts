import { Duration } from 'aws-cdk-lib';
import * as sns from 'aws-cdk-lib/aws-sns';
import { FailoverAlarms } from '../../../lib/monitoring/alarms/failover-alarms';
import { FailoverDashboard } from '../../../lib/monitoring/dashboard/failover-dashboard';
import { FailoverRouter } from '../../../lib/router/failover-router';
import type { IMonitoredRouter } from '../../../lib/router/monitored-router';
import { gatewayTemplate } from '../gateway/gateway-stack';
import { newStack, routerIn } from '../router/router-stack';

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:router:live';

it('a router that is known by its ARN alone cannot be watched, and the error says what is missing', () => {
  const stack = newStack();
  // What a language without TypeScript's structural types lets through.
  const router = FailoverRouter.fromFunctionArn(stack, 'Imported', ARN) as unknown as IMonitoredRouter;
  const topic = new sns.Topic(stack, 'Topic');
  const message =
    /'router' at "Stack\/Imported" has no 'serviceName', 'hostNames', 'functionName'.*give a FailoverRouter, or an IMonitoredRouter/;
  expect(() => new FailoverAlarms(stack, 'Alarms', { router, pageTopic: topic, noticeTopic: topic })).toThrow(message);
  expect(() => new FailoverDashboard(stack, 'Dashboard', { router })).toThrow(message);
});

it('a canary cannot come more often than once a minute, and the error says what schedules know', () => {
  expect(() => gatewayTemplate({ canary: { interval: Duration.seconds(30) } })).toThrow(
    /'canary\.interval' must be 1 to 60 whole minutes, got 30 seconds.*\n.*at construct path "Stack\/Gateway/,
  );
});

it('a quota of a host that is not there stops synth, with the hosts that are', () => {
  expect(() => gatewayTemplate({ canary: { quotas: [{ host: 'bedrok', tokensPerMinute: 1 }] } })).toThrow(
    /'quotas\[0\]\.host': there is no host 'bedrok'; the hosts are bedrock/,
  );
});

it.each([
  ['no address', { pageEmails: ['on-call'] }, /'pageEmails\[0\]' must be an e-mail address.*got 'on-call'/],
  [
    'an address given twice',
    { noticeEmails: ['a@b.example', 'a@b.example'] },
    /'noticeEmails\[1\]' is 'a@b\.example'.*give it once/,
  ],
])('%s stops synth', (_, props, message) => {
  expect(() => gatewayTemplate(props)).toThrow(message);
});

it('the name of a dashboard has the form that CloudWatch takes', () => {
  const stack = newStack();
  const router = routerIn(stack);
  expect(() => new FailoverDashboard(stack, 'Dashboard', { router, dashboardName: 'my board' })).toThrow(
    /'dashboardName' must be 1 to 255 letters, digits, dashes and underscores, got 'my board'/,
  );
});
