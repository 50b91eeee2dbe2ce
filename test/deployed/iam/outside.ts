import { BedrockRuntime } from '@aws-sdk/client-bedrock-runtime';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SetUp } from '../set-up';
import { ACCOUNT, REGION, type DeployedHostName } from '../stack/test-config';
import { SAME_ACCOUNT } from './access';

/** Something that a role tries and may not. */
export interface Attempt {
  readonly what: string;
  readonly attempt: () => Promise<unknown>;
  /** Of AWS's own SDK. */
  readonly error: string;
  readonly text: RegExp;
}

const OTHER_SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:somebody-elses-AbCdEf`;
const HAIKU = 'claude-haiku-5-5';
const OPUS = 'claude-opus-5-5';
const BODY = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 1, messages: [{ role: 'user', content: 'ping' }] };
const NOT_IN_ANY =
  /^User: arn:aws:sts::\d+:assumed-role\/.+ is not authorized to perform: .+ because no identity-based policy allows the .+ action$/;

/** Through AWS's SDKs, with the keys of the roles that the functions have. */
export async function refusals({ aws, awsUrl, iam, chain }: SetUp): Promise<Attempt[]> {
  const as = (role: RegExp) => {
    const session = iam.sessions.find(({ arn }) => role.test(arn));
    if (session === undefined) throw new Error(`nobody has taken the role ${role}`);
    return { region: REGION, endpoint: awsUrl, credentials: session, maxAttempts: 1 };
  };
  const [router, reminder] = [as(/RouterRole/), as(/KeyReminderRole/)];
  const invoke = (host: DeployedHostName, region: string, model: string) => () =>
    new BedrockRuntime({
      ...router,
      region,
      endpoint: chain.host(host).url,
      requestHandler: new NodeHttpHandler(),
    }).invokeModel({
      modelId: model,
      body: JSON.stringify(BODY),
      contentType: 'application/json',
    });
  const denied = { error: 'AccessDeniedException', text: NOT_IN_ANY };
  const { Topics = [] } = await aws.sns.listTopics({});
  const plain = { ...SAME_ACCOUNT, 'aws:SecureTransport': 'false' };
  return [
    {
      what: 'the router that reads another secret',
      attempt: () => new SecretsManager(router).getSecretValue({ SecretId: OTHER_SECRET }),
      ...denied,
    },
    {
      what: 'the router that reads another table',
      attempt: () => new DynamoDB(router).query({ TableName: 'somebody-elses' }),
      ...denied,
    },
    {
      what: 'the router that asks Bedrock for another model',
      attempt: invoke('bedrock-us-west-2', 'us-west-2', `us.anthropic.${HAIKU}`),
      ...denied,
    },
    {
      what: "the router that asks for another region's profile",
      attempt: invoke('bedrock-us-west-2', 'us-west-2', `global.anthropic.${OPUS}`),
      ...denied,
    },
    {
      what: 'the key reminder that reads a key',
      attempt: () => new SecretsManager(reminder).getSecretValue({ SecretId: OTHER_SECRET }),
      ...denied,
    },
    {
      what: 'the key reminder that writes to another topic',
      attempt: () => new SNS(reminder).publish({ TopicArn: `arn:aws:sns:${REGION}:${ACCOUNT}:other`, Message: 'x' }),
      error: 'AuthorizationErrorException',
      text: NOT_IN_ANY,
    },
    ...Topics.map(({ TopicArn = '' }) => ({
      what: `a message to ${TopicArn.split(':').at(-1)} that is not encrypted on its way`,
      attempt: () => iam.act('cloudwatch.amazonaws.com', { action: 'sns:Publish', resource: TopicArn, context: plain }),
      error: 'Error',
      text: /with an explicit deny in a resource-based policy$/,
    })),
  ];
}
