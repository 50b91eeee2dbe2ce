import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import * as v from 'valibot';
import { policyAllows, type PolicyDocument } from '../../../lib/monitoring/topics/policy-allows';
import { callAwsJson } from '../../../lambda/aws/call-aws-json';
import type { Deployed } from '../deployed';
import { ok, problem, warning, type Diagnosis } from '../diagnosis';

const CLOUDWATCH = 'cloudwatch.amazonaws.com';
const described = v.object({ KeyMetadata: v.object({ Arn: v.string() }) });
const withPolicy = v.object({ Policy: v.string() });

/** That CloudWatch may put alarms on the topics: by their policies, and by those of the keys that encrypt them. */
export async function topics({ stack }: Deployed): Promise<Diagnosis[]> {
  const { pageTopic, noticeTopic } = stack;
  return Promise.all([
    ...(pageTopic === undefined ? [] : [topic('page topic', pageTopic, problem)]),
    ...(noticeTopic === undefined ? [] : [topic('notice topic', noticeTopic, warning)]),
  ]);
}

async function topic(subject: string, arn: string, severity: typeof problem): Promise<Diagnosis> {
  const region = arn.split(':')[3] ?? '';
  const client = new SNSClient({ region });
  const { Attributes: attributes = {} } = await client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
  if (!policyAllows(parse(attributes['Policy']), CLOUDWATCH, ['sns:Publish'])) {
    return severity(
      subject,
      'its policy does not let CloudWatch in: no alarm reaches it',
      `Let ${CLOUDWATCH} do sns:Publish`,
    );
  }
  const key = attributes['KmsMasterKeyId'];
  if (!key) return ok(subject, 'CloudWatch may publish');
  if (key.endsWith('alias/aws/sns')) {
    const remedy = 'Encrypt the topic by a key of your own, or not at all';
    return severity(
      subject,
      "encrypted by AWS's own key, which does not let CloudWatch in: no alarm reaches it",
      remedy,
    );
  }
  if (policyAllows(await keyPolicy(region, key), CLOUDWATCH, ['kms:Decrypt', 'kms:GenerateDataKey'])) {
    return ok(subject, 'CloudWatch may publish, by the policies of topic and key');
  }
  const remedy = `Let ${CLOUDWATCH} do kms:Decrypt and kms:GenerateDataKey* in the policy of ${key}`;
  return severity(subject, 'the policy of its key does not let CloudWatch in: no alarm reaches it', remedy);
}

/** The key may be given by an alias, which has no policy. */
async function keyPolicy(region: string, keyId: string): Promise<PolicyDocument> {
  const ask = (operation: string, body: object) =>
    callAwsJson({ service: 'kms', region, target: `TrentService.${operation}`, body }, process.env);
  const { KeyMetadata: key } = v.parse(described, await ask('DescribeKey', { KeyId: keyId }));
  return parse(v.parse(withPolicy, await ask('GetKeyPolicy', { KeyId: key.Arn, PolicyName: 'default' })).Policy);
}

const parse = (policy = '{}'): PolicyDocument => JSON.parse(policy) as PolicyDocument;
