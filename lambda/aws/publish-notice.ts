import type { Env } from '../runtime/require-env';
import { callAws } from './call-aws';

/** A message to a topic, in the topic's own region. */
export async function publishNotice(topicArn: string, subject: string, text: string, env: Env): Promise<void> {
  // SNS has no JSON protocol: fields of a form.
  const fields = { Action: 'Publish', Version: '2010-03-31', TopicArn: topicArn, Subject: subject, Message: text };
  const body = new URLSearchParams(fields).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await callAws({ service: 'sns', region: topicArn.split(':')[3] ?? '', headers, body }, env);
}
