import { testPage } from '../../../bin/doctor/checks/test-page';
import { topics } from '../../../bin/doctor/checks/topics';
import type { Deployed } from '../../../bin/doctor/deployed';
import { type AwsAnswers, type FakeAws, startFakeAws } from './fake-aws';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:page';
const KEY = 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const stack = { url: 'http://127.0.0.1:9', region: 'us-east-1', healthTable: { name: 'health' }, pageTopic: TOPIC };

let aws: FakeAws | undefined;
const before = { ...process.env };
afterEach(async () => {
  await aws?.close();
  process.env = { ...before };
});
async function answering(answers: AwsAnswers): Promise<void> {
  aws = await startFakeAws(answers);
  const credentials = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, credentials, { AWS_ENDPOINT_URL: aws.url, AWS_MAX_ATTEMPTS: '1' });
}

describe('a test page', () => {
  const alarm = (AlarmName: string, StateValue = 'OK') => ({ AlarmName, StateValue, AlarmActions: [TOPIC] });
  const page = async (alarms: object, ...summaries: string[]) => {
    await answering({
      'monitoring DescribeAlarms': alarms,
      'monitoring SetAlarmState': {},
      'monitoring DescribeAlarmHistory': {
        AlarmHistoryItems: summaries.map((HistorySummary) => ({ HistorySummary })),
      },
    });
    return testPage(stack, async () => undefined);
  };
  const sound = { MetricAlarms: [alarm('Stack/Gateway/Alarms/Errors'), alarm('Stack/Gateway/Alarms/CanarySilent')] };

  it('has arrived when CloudWatch says so itself, and the alarm gets its state back', async () => {
    const [finding] = await page(sound, `Successfully executed action ${TOPIC}`);
    expect(finding).toMatchObject({ status: 'ok', detail: expect.stringContaining('CanarySilent reached the topic') });
    expect(aws?.asked).toEqual([
      'monitoring DescribeAlarms',
      'monitoring SetAlarmState',
      'monitoring DescribeAlarmHistory',
      'monitoring SetAlarmState',
    ]);
  });

  it('has not when CloudWatch was refused, for instance by the key of the topic', async () => {
    const refused = `Failed to execute action ${TOPIC}. Received error: "null (Service: AWSKMS; Error Code: AccessDeniedException)"`;
    const [finding] = await page(sound, refused);
    expect(finding).toMatchObject({ status: 'problem', detail: expect.stringContaining('AWSKMS') });
    expect(aws?.asked.at(-1)).toBe('monitoring SetAlarmState');
  });

  it('is not sent by an alarm that takes a deployment back, and not where none pages or all do already', async () => {
    expect(await page({ MetricAlarms: [alarm('Stack/Gateway/Alarms/Errors')] })).toMatchObject([
      { status: 'problem', detail: 'no alarm tells the page topic' },
    ]);
    await aws?.close();
    const alarmed = { CompositeAlarms: [alarm('Stack/Gateway/Alarms/ServiceDown', 'ALARM')] };
    expect(await page(alarmed)).toMatchObject([{ detail: 'every alarm that pages is in alarm already' }]);
    expect(aws?.asked).toEqual(['monitoring DescribeAlarms']);
  });

  it('is a problem where CloudWatch does nothing', async () => {
    expect(await page(sound)).toMatchObject([{ status: 'problem', detail: expect.stringContaining('has not acted') }]);
  });
});

describe('the policies of a topic', () => {
  const allow = (...actions: string[]) => ({
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: actions, Resource: '*' },
    ],
  });
  const attributes = (policy: object, key?: string) => {
    const entries = { Policy: JSON.stringify(policy), ...(key && { KmsMasterKeyId: key }) };
    const xml = Object.entries(entries).map(
      ([name, value]) => `<entry><key>${name}</key><value>${value.replaceAll('"', '&quot;')}</value></entry>`,
    );
    return `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes>${xml.join('')}</Attributes>
      </GetTopicAttributesResult></GetTopicAttributesResponse>`;
  };
  const look = async (topic: object, key?: string, keyPolicy: object = {}) => {
    await answering({
      'sns GetTopicAttributes': attributes(topic, key),
      'kms DescribeKey': { KeyMetadata: { Arn: KEY } },
      'kms GetKeyPolicy': { Policy: JSON.stringify(keyPolicy) },
    });
    return topics({ stack } as Deployed);
  };
  const both = allow('kms:Decrypt', 'kms:GenerateDataKey*');

  it.each([
    ['without a key', allow('SNS:Publish'), undefined, {}],
    ['under a key', allow('sns:Publish'), KEY, both],
    ['under a key by its alias', allow('sns:*'), 'alias/pages', both],
  ])('let CloudWatch in: %s', async (_, topic, key, policy) => {
    expect(await look(topic, key, policy)).toMatchObject([{ status: 'ok' }]);
  });

  it.each([
    ['its own', {}, undefined, {}, /its policy does not let CloudWatch in/],
    ['its key’s', allow('sns:Publish'), KEY, allow('kms:Decrypt'), /policy of its key does not let CloudWatch in/],
    ['that of AWS’s key', allow('sns:Publish'), 'alias/aws/sns', both, /AWS's own key/],
  ])('that does not let it in is a problem: %s', async (_, topic, key, policy, detail) => {
    expect(await look(topic, key, policy)).toMatchObject([
      { status: 'problem', detail: expect.stringMatching(detail) },
    ]);
  });
});
