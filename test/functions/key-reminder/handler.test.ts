import { ENV, KEY_METRICS } from '../../../lib/contract';
import { recordingServer } from '../../hosts/recording-server';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:Notice';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:Key-AbCdEf';

test('a missing key is told to the notice topic, and an old one counted', async () => {
  const before = { ...process.env };
  const written: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => written.push(String(line)) > 0);
  const aws = await recordingServer((response, request) => {
    const version = { VersionId: 'a', VersionStages: ['AWSCURRENT'], CreatedDate: 1_700_000_000 };
    response.end(request.headers['x-amz-target'] ? JSON.stringify({ Name: 'Key', Versions: [version] }) : '<Ok/>');
  });
  try {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: aws.url,
      TOPIC_ARN: TOPIC,
      [ENV.SERVICE]: 'Stack-Router',
      KEYS: JSON.stringify([{ secretArn: SECRET, days: 90, startsAsPlaceholder: true }]),
    });
    const { handler } = await import('../../../lambda/functions/key-reminder/index');
    await handler();
    const published = aws.requests.at(-1);
    expect(published?.headers.authorization).toContain('/eu-central-1/sns/aws4_request');
    const fields = new URLSearchParams(String(published?.body));
    expect(fields.get('Action')).toBe('Publish');
    expect(fields.get('TopicArn')).toBe(TOPIC);
    expect(fields.get('Message')).toContain('Key still has its placeholder');
    const metrics = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(metrics).toEqual([expect.objectContaining({ service: 'Stack-Router', [KEY_METRICS.overdue]: 1 })]);
  } finally {
    jest.restoreAllMocks();
    process.env = before;
    await aws.close();
  }
});
