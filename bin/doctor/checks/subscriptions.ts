import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Deployed } from '../deployed';
import { ok, problem, warning, type Diagnosis } from '../diagnosis';

/** That alarms reach somebody. */
export async function subscriptions({ stack }: Deployed): Promise<Diagnosis[]> {
  const { pageTopic, noticeTopic } = stack;
  const asked = [
    ...(pageTopic === undefined ? [] : [topic('page topic', pageTopic, problem)]),
    ...(noticeTopic === undefined ? [] : [topic('notice topic', noticeTopic, warning)]),
  ];
  return (await Promise.all(asked)).flat();
}

async function topic(subject: string, arn: string, severity: typeof problem): Promise<Diagnosis[]> {
  const client = new SNSClient({ region: arn.split(':')[3] });
  const { Subscriptions: found = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: arn }));
  if (found.length === 0) {
    const remedy = 'Give pageEmails or noticeEmails, or subscribe your pager to the topic';
    return [severity(subject, 'nobody is subscribed: its alarms reach nobody', remedy)];
  }
  return found.map(({ Endpoint: endpoint = '', Protocol: protocol, SubscriptionArn: subscription }) =>
    subscription === 'PendingConfirmation'
      ? severity(subject, `${endpoint} has not confirmed`, 'Open the mail that SNS sent and follow its link')
      : ok(subject, `${protocol} ${endpoint}`),
  );
}
