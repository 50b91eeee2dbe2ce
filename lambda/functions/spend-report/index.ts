import { ENV } from '../../../lib/contract';
import { SPEND_REPORT_ENV } from '../../../lib/contract/governance/spend-report';
import { logsQuery } from '../../aws/logs-query';
import { publishNotice } from '../../aws/publish-notice';
import { requireEnv } from '../../runtime/require-env';
import { reportSpend } from './report-spend';

const { env } = process;

/** Once a day. */
export const handler = (): Promise<void> =>
  reportSpend({
    service: requireEnv(env, ENV.SERVICE),
    now: Date.now(),
    tells: requireEnv(env, SPEND_REPORT_ENV.TELLS).split(','),
    ask: (query) =>
      logsQuery(
        { ...query, logGroup: requireEnv(env, SPEND_REPORT_ENV.LOG_GROUP), region: requireEnv(env, 'AWS_REGION') },
        env,
      ),
    notify: ({ subject, text }) => publishNotice(requireEnv(env, SPEND_REPORT_ENV.TOPIC_ARN), subject, text, env),
  });
