import { SPEND_REPORT_ENV } from '../../../lib/contract/governance/spend-report';
import { ENV } from '../../../lib/contract';
import { insightsServer } from './insights-server';
import { requestLines } from './request-lines';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:Notice';

test('the function asks Logs Insights of the router’s log, waits until it knows, and tells the topic', async () => {
  const before = { ...process.env };
  const noon = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000;
  const aws = await insightsServer(requestLines(noon, { costUsd: 7 }));
  try {
    Object.assign(process.env, aws.env, {
      [ENV.SERVICE]: 'Stack-Router',
      [SPEND_REPORT_ENV.LOG_GROUP]: 'router-log',
      [SPEND_REPORT_ENV.TOPIC_ARN]: TOPIC,
      [SPEND_REPORT_ENV.TELLS]: 'daily',
    });
    const { handler } = await import('../../../lambda/functions/spend-report/index');
    await handler();
    expect(aws.notices).toEqual([
      { subject: expect.stringContaining('7.00 USD on'), text: expect.stringContaining('alpha') },
    ]);
    const started = aws.requests.filter(({ headers }) => headers['x-amz-target'] === 'Logs_20140328.StartQuery');
    const spans = started.map(({ body }) => JSON.parse(String(body)));
    expect(spans).toHaveLength(8);
    expect(new Set(spans.map(({ logGroupName }) => logGroupName))).toEqual(new Set(['router-log']));
    expect(spans.every(({ startTime, endTime }) => endTime - startTime === 86_400)).toBe(true);
    expect(started[0]?.headers.authorization).toContain('/us-east-1/logs/aws4_request');
  } finally {
    process.env = before;
    await aws.close();
  }
}, 20_000);

test('a query that AWS gives up is an error, so that the schedule tries again', async () => {
  const { logsQuery } = await import('../../../lambda/aws/logs-query');
  const aws = await insightsServer([]);
  aws.reply = (response, { headers }) => {
    const isStart = headers['x-amz-target'] === 'Logs_20140328.StartQuery';
    response.end(JSON.stringify(isStart ? { queryId: 'q' } : { status: 'Timeout' }));
  };
  const query = { logGroup: 'router-log', region: 'us-east-1', query: 'limit 1', from: 0, to: 1000 };
  await expect(logsQuery(query, aws.env)).rejects.toThrow("Logs Insights ended the query of router-log as 'Timeout'");
  await aws.close();
});
