import assert from 'node:assert/strict';
import { parseConfig } from '../../../lambda/gateway/config/config';
import { ENV } from '../../../lib/contract';
import type { Checks } from '../../checks';
import type { DeployedGateway } from '../gateway/start-deployed-gateway';
import { describeAlarms } from '../alarms/read-cloudwatch';
import type { SetUp } from '../set-up';
import { resourcesOf, type Deployment } from '../stack/cdk';
import { MODEL, PAGE_EMAIL, TEAMS } from '../stack/test-config';

/** What the services say they have, against what was asked for. */
export async function checkReadBack(
  { check }: Checks,
  { aws, chain }: SetUp,
  deployment: Deployment,
  { api, pools }: DeployedGateway,
): Promise<void> {
  const [method] = api.methods;
  const router = pools.get(method?.integration.functionArn ?? '')?.fn;
  assert.ok(router, 'the API calls no function');
  const config = parseConfig(router.environment[ENV.CONFIG] ?? '');

  await check('every method streams from the alias of the router for 15 minutes, to callers with a key', () => {
    assert.deepEqual(api.methods.map(({ path, httpMethod }) => `${httpMethod} ${path}`).sort(), [
      'ANY /',
      'ANY /{proxy+}',
    ]);
    for (const { apiKeyRequired, authorizerArn, integration } of api.methods) {
      assert.ok(apiKeyRequired && authorizerArn);
      assert.deepEqual(integration, { functionArn: router.arn, isStreaming: true, timeoutMs: 900_000 });
    }
    assert.match(router.arn, /:live$/);
    assert.equal(api.apiKeySource, 'AUTHORIZER');
    assert.deepEqual(api.binaryMediaTypes, ['multipart/form-data']);
    assert.deepEqual(api.limits, { rate: 100, burst: 200 });
  });

  await check('the alias points at the version with these bytes, for 15 minutes on Node 24', async () => {
    const { FunctionVersion, ...alias } = await aws.lambda.getAlias({ FunctionName: router.name, Name: 'live' });
    assert.equal(FunctionVersion, router.version);
    assert.equal(alias.RoutingConfig?.AdditionalVersionWeights, undefined);
    const { runtime, handler, memoryMb, timeoutMs } = router;
    assert.deepEqual(
      { runtime, handler, memoryMb, timeoutMs },
      { runtime: 'nodejs24.x', handler: 'index.handler', memoryMb: 1024, timeoutMs: 900_000 },
    );
  });

  await check('the environment has the chain, the models and the clients, and no secret', async () => {
    assert.deepEqual(
      config.hosts.map(({ name, endpoint }) => [name, endpoint]),
      Object.entries(chain.first),
    );
    assert.deepEqual(config.models, [MODEL]);
    const keyIds = new Map(api.keys.map(({ id, name }) => [id, name]));
    assert.deepEqual(
      TEAMS.map(({ name }) => keyIds.has(config.clients?.find((client) => client.name === name)?.apiKeyId ?? '')),
      TEAMS.map(() => true),
    );
    const text = JSON.stringify(router.environment);
    for (const { value } of api.keys) assert.ok(!text.includes(value), 'a gateway key is in the environment');
  });

  await check(
    'the key of the host is in a secret, which holds a placeholder until an owner puts the key there',
    async () => {
      const { SecretList = [] } = await aws.secretsManager.listSecrets({});
      const [host] = config.hosts;
      assert.ok(host?.kind === 'anthropic');
      assert.deepEqual(
        host.keys.map((key) => 'secretArn' in key && key.secretArn),
        SecretList.filter(({ Description }) => /model API/.test(Description ?? '')).map(({ ARN }) => ARN),
      );
      const { SecretString } = await aws.secretsManager.getSecretValue({ SecretId: SecretList[0]?.ARN });
      assert.equal(SecretString, 'REPLACE_ME');
    },
  );

  await check('the health table has its key, its time to live and no capacity that costs while idle', async () => {
    const TableName = router.environment[ENV.HEALTH_TABLE];
    const [{ Properties = {} } = {}] = resourcesOf(deployment, 'AWS::DynamoDB::GlobalTable');
    const { Table } = await aws.dynamoDb.describeTable({ TableName });
    assert.deepEqual(Table?.KeySchema, Properties['KeySchema']);
    assert.equal(Table?.BillingModeSummary?.BillingMode, 'PAY_PER_REQUEST');
    const { TimeToLiveDescription } = await aws.dynamoDb.describeTimeToLive({ TableName });
    const wanted = Properties['TimeToLiveSpecification'] as { AttributeName: string };
    assert.deepEqual(TimeToLiveDescription, {
      AttributeName: wanted.AttributeName,
      TimeToLiveStatus: 'ENABLED',
    });
  });

  await check('each team has a key, and a plan with its limits', () => {
    // The canary has one too.
    assert.equal(api.keys.length, TEAMS.length + 1);
    for (const team of TEAMS) {
      const id = config.clients?.find(({ name }) => name === team.name)?.apiKeyId;
      const key = api.keys.find((candidate) => candidate.id === id);
      assert.ok(key?.enabled && key.value.length >= 20);
      assert.deepEqual(key.plan, {
        rate: 'rateLimit' in team ? team.rateLimit : undefined,
        burst: 'burstLimit' in team ? team.burstLimit : undefined,
        quota: 'quota' in team ? team.quota : undefined,
      });
    }
  });

  await check(
    'every alarm is there as it is in the template, and tells a topic, by itself or through another alarm',
    async () => {
      const { MetricAlarms, CompositeAlarms } = await describeAlarms(aws);
      const alarms = [...MetricAlarms, ...CompositeAlarms];
      const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
      const wanted = types.flatMap((type) => resourcesOf(deployment, type)).map(({ Properties = {} }) => Properties);
      assert.equal(alarms.length, wanted.length);
      for (const { WarmUpConfiguration: _notKept, ...template } of wanted) {
        const name = template['AlarmName'];
        const alarm = alarms.find(({ AlarmName }) => AlarmName === name);
        assert.deepEqual(differences(template, alarm), [], `${String(name)} is not what its template says`);
      }

      const { Topics = [] } = await aws.sns.listTopics({});
      const topics = Topics.map(({ TopicArn }) => TopicArn);
      const arns = MetricAlarms.map(({ AlarmArn }) => AlarmArn);
      const inRules = CompositeAlarms.flatMap(({ AlarmRule = '' }) =>
        [...AlarmRule.matchAll(/ALARM\("([^"]+)"\)/g)].map(([, arn]) => arn),
      );
      for (const arn of inRules) assert.ok(arns.includes(arn), `a rule names ${arn}, which is not there`);
      for (const { AlarmName, AlarmArn, AlarmActions = [] } of alarms) {
        assert.ok(AlarmActions.length > 0 || inRules.includes(AlarmArn), `${AlarmName} tells nobody`);
        for (const action of AlarmActions)
          assert.ok(topics.includes(action), `${AlarmName} tells ${action}, which is not there`);
      }
    },
  );

  await check('the one who is to be woken is subscribed to the topic of the paging alarms', async () => {
    const { Subscriptions = [] } = await aws.sns.listSubscriptions({});
    assert.deepEqual(
      Subscriptions.map(({ Protocol, Endpoint }) => [Protocol, Endpoint]),
      [['email', PAGE_EMAIL]],
    );
  });

  await check('every response that API Gateway gives by itself is in the form of Anthropic’s errors', () => {
    assert.equal(api.responses.size, resourcesOf(deployment, 'AWS::ApiGateway::GatewayResponse').length);
    for (const [type, { template, headers }] of api.responses) {
      assert.match(template ?? '', /^\{"type":"error","error":\{"type":"\w+","message":/, type);
      assert.equal(headers['request-id'], 'context.requestId', type);
    }
  });
}

/** Where something that is read back is not what its template says, or has nothing. */
function differences(wanted: unknown, got: unknown, path = ''): string[] {
  if (typeof wanted !== 'object' || wanted === null) return String(got) === String(wanted) ? [] : [path];
  // What it comes to is only known in the account.
  if (isIntrinsic(wanted)) return typeof got === 'string' && got !== '' && !UNRESOLVED.test(got) ? [] : [path];
  const members = Object(got) as Readonly<Record<string, unknown>>;
  return Object.entries(wanted).flatMap(([name, inner]) => differences(inner, members[name], `${path}/${name}`));
}

const UNRESOLVED = /None|undefined|\$\{/;
const isIntrinsic = (value: object): boolean => /^(Ref|Fn::\w+)$/.test(Object.keys(value).join());
