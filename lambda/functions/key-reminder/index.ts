import * as v from 'valibot';
import { KEY_METRICS, KEY_REMINDER_ENV } from '../../../lib/contract';
import { callAws } from '../../aws/call-aws';
import { publishMetric } from '../../gateway/telemetry/publish-metric';
import { requireEnv } from '../../runtime/require-env';
import { readSecretFacts } from './read-secret-facts';
import { remind } from './remind';

const { env } = process;
const topicArn = requireEnv(env, KEY_REMINDER_ENV.TOPIC_ARN);
const keys = v.parse(
  v.array(v.object({ secretArn: v.string(), days: v.number(), startsAsPlaceholder: v.boolean() })),
  JSON.parse(requireEnv(env, KEY_REMINDER_ENV.KEYS)),
);

/** Once a day. */
export const handler = (): Promise<void> =>
  remind({
    keys,
    now: Date.now(),
    read: (secretArn) => readSecretFacts(secretArn, env),
    notify: async (subject, text) => {
      // SNS has no JSON protocol: fields of a form, in the topic's own region.
      const fields = { Action: 'Publish', Version: '2010-03-31', TopicArn: topicArn, Subject: subject, Message: text };
      const body = new URLSearchParams(fields).toString();
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      await callAws({ service: 'sns', region: topicArn.split(':')[3] ?? '', headers, body }, env);
    },
    publishOverdue: (overdue) => publishMetric(env, KEY_METRICS.overdue, overdue),
  });
