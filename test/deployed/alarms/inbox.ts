import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { openServer } from '../../../local/loopback/open-server';
import type { Aws } from '../aws';

/** What a subscriber of a topic is sent. */
export interface Notice {
  readonly Type: string;
  readonly TopicArn: string;
  readonly Subject: string | null;
  readonly Message: string;
}

/** A subscriber, as a pager is one. */
export interface Inbox {
  readonly notices: readonly Notice[];
  close(): Promise<void>;
}

export async function openInbox({ sns }: Aws, topics: readonly string[]): Promise<Inbox> {
  const notices: Notice[] = [];
  const server = createServer((message, response) => {
    json(message).then(
      (notice) => {
        if ((notice as Notice).Type === 'Notification') notices.push(notice as Notice);
        response.end();
      },
      () => response.destroy(),
    );
  });
  const { url: Endpoint, close } = await openServer(server);
  const subscriptions: string[] = [];
  for (const TopicArn of topics) {
    const { SubscriptionArn } = await sns.subscribe({ TopicArn, Protocol: 'http', Endpoint });
    if (SubscriptionArn) subscriptions.push(SubscriptionArn);
  }
  return {
    notices,
    async close() {
      for (const SubscriptionArn of subscriptions) await sns.unsubscribe({ SubscriptionArn });
      await close();
    },
  };
}
