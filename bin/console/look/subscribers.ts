import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';

/** Who hears of a topic, by its ARN, as it is subscribed now; those that may not be read are left out. */
export async function subscribersOf(topics: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    topics.map(async (TopicArn): Promise<readonly [string, string][]> => {
      if (!TopicArn.includes(':sns:')) return [];
      const client = new SNSClient({ region: TopicArn.split(':')[3] });
      const answer = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn })).catch(() => undefined);
      const people = (answer?.Subscriptions ?? []).map(({ Protocol, Endpoint }) => `${Protocol} ${Endpoint}`);
      const topic = TopicArn.split(':').at(-1) ?? '';
      return [[TopicArn, people.length === 0 ? `${topic}, to which nobody is subscribed` : people.join(', ')]];
    }),
  );
  return new Map(found.flat());
}
