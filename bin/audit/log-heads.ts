import * as v from 'valibot';
import { HEAD_MESSAGE } from '../../lib/contract';
import { callAwsJson } from '../../lambda/aws/call-aws-json';
import type { Env } from '../../lambda/runtime/require-env';
import { headsIn, type KnownHead } from './heads';

const page = v.object({
  events: v.nullish(v.array(v.object({ message: v.string() })), []),
  nextToken: v.nullish(v.string()),
});

/** How far the routers of a log group say that their chains have come. Times in milliseconds since the epoch. */
export async function logHeads(
  logGroup: string,
  region: string,
  from: number,
  to: number,
  env: Env,
): Promise<KnownHead[]> {
  const lines: string[] = [];
  let nextToken: string | null | undefined;
  do {
    const body = {
      logGroupName: logGroup,
      filterPattern: `{ $.message = "${HEAD_MESSAGE}" }`,
      startTime: from,
      endTime: to,
      ...(nextToken && { nextToken }),
    };
    const answer = v.parse(
      page,
      await callAwsJson({ service: 'logs', region, target: 'Logs_20140328.FilterLogEvents', body }, env),
    );
    lines.push(...answer.events.map(({ message }) => message));
    nextToken = answer.nextToken;
  } while (nextToken);
  return headsIn(lines, `the log group ${logGroup}`);
}
