import * as v from 'valibot';
import { KEY_METRICS, KEY_REMINDER_ENV } from '../../../lib/contract';
import { publishNotice } from '../../aws/publish-notice';
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
    notify: (subject, text) => publishNotice(topicArn, subject, text, env),
    publishOverdue: (overdue) => publishMetric(env, KEY_METRICS.overdue, overdue),
  });
