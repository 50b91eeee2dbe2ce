import type { RouterEntry } from '../../../lib/contract';
import { STACK_OUTPUT, type StackDescription } from '../../../lib/contract';
import type { Recorded } from '../../hosts/recording-server';

export const ACCOUNT = '123456789012';
export const NAME = 'ClaudeFailover';
export const LOG_GROUP = 'ClaudeFailover-GatewayRouterLogGroup9ABCDEF0-Kq1';
export const TABLE = 'ClaudeFailover-GatewayRouterHealth-1A2B3C';
export const SERVICE = 'ClaudeFailover-Gateway-Router';
export const PAGE = `arn:aws:sns:us-east-1:${ACCOUNT}:ClaudeFailover-GatewayPage`;
export const NOTICE = `arn:aws:sns:us-east-1:${ACCOUNT}:ClaudeFailover-GatewayNotice`;
export const ROUTER = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:ClaudeFailover-GatewayRouter:live`;
const MINUTE_S = 60;

/** What stands in the account; each test changes some of it. */
export interface Account {
  readonly description: StackDescription;
  readonly config: object;
  /** By `Name|Host|Stat`, the host being empty for all requests: of the last minute. */
  metrics: Readonly<Record<string, number>>;
  table: readonly RouterEntry[];
  canary: readonly object[];
  alarms: readonly object[];
  history: readonly object[];
}

/** All but Logs Insights, in the forms of AWS's protocols. */
export const answersOf =
  (account: Account) =>
  ({ headers, body, path }: Recorded): string => {
    const target = String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    const form = new URLSearchParams(String(body));
    const ask = target === '' ? (form.get('Action') ?? path) : (target ?? '');
    const answer = ANSWERS.find(([pattern]) => pattern.test(ask))?.[1];
    if (answer === undefined) return '{}';
    return answer(account, target === '' ? {} : (JSON.parse(String(body)) as Asked), form);
  };

type Asked = Readonly<Record<string, unknown>>;
type Answer = (account: Account, asked: Asked, form: URLSearchParams) => string;

const ANSWERS: readonly (readonly [RegExp, Answer])[] = [
  [/^DescribeStacks$/, ({ description }, _, form) => stacks(description, form.get('StackName') ?? NAME)],
  [/^ListStackResources$/, () => resources],
  [
    /\/configuration$/,
    ({ config }) =>
      JSON.stringify({
        Environment: { Variables: { FAILOVER_CONFIG: JSON.stringify(config), POWERTOOLS_SERVICE_NAME: SERVICE } },
      }),
  ],
  [/^GetMetricData$/, metricData],
  [/^DescribeAlarms$/, ({ alarms }) => JSON.stringify({ MetricAlarms: alarms, CompositeAlarms: [] })],
  [/^DescribeAlarmHistory$/, ({ history }) => JSON.stringify({ AlarmHistoryItems: history })],
  [
    /^Query$/,
    ({ table, canary }, asked) => {
      const { ':kind': kind } = asked['ExpressionAttributeValues'] as Readonly<Record<string, { readonly S: string }>>;
      return JSON.stringify({ Items: (kind?.S === 'router' ? table : canary).map(marshalled) });
    },
  ],
  [/^ListSubscriptionsByTopic$/, (_, __, form) => subscriptions(form.get('TopicArn') ?? '')],
  [
    /^GetCallerIdentity$/,
    () =>
      `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:user/ada</Arn><UserId>A</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  ],
];

function metricData({ metrics }: Account, asked: Asked): string {
  const queries = asked['MetricDataQueries'] as readonly {
    readonly Id: string;
    readonly MetricStat: {
      readonly Stat: string;
      readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { readonly Value: string }[] };
    };
  }[];
  const at = Math.floor(Number(asked['EndTime']) / MINUTE_S) * MINUTE_S - MINUTE_S;
  const MetricDataResults = queries.map(({ Id, MetricStat: { Stat, Metric } }) => {
    const value = metrics[`${Metric.MetricName}|${Metric.Dimensions[1]?.Value ?? ''}|${Stat}`];
    return { Id, Timestamps: value === undefined ? [] : [at], Values: value === undefined ? [] : [value] };
  });
  return JSON.stringify({ MetricDataResults });
}

const marshalled = (item: object): object =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      typeof value === 'number' ? { N: String(value) } : { S: String(value) },
    ]),
  );

function stacks(description: StackDescription, name: string): string {
  const region = name === description.pair?.other.stack ? description.pair.other.region : description.region;
  const output = JSON.stringify({ ...description, region }).replaceAll('"', '&quot;');
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>${name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><Outputs><member><OutputKey>D</OutputKey><OutputValue>${output}</OutputValue><Description>${STACK_OUTPUT}</Description></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

const resources = `<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries><member><ResourceType>AWS::Logs::LogGroup</ResourceType><LogicalResourceId>GatewayRouterLogGroup9ABCDEF0</LogicalResourceId><PhysicalResourceId>${LOG_GROUP}</PhysicalResourceId></member></StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>`;

const subscriptions = (topic: string): string =>
  `<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions><member><SubscriptionArn>${topic}:1</SubscriptionArn><Protocol>email</Protocol><Endpoint>on-call@example.com</Endpoint><TopicArn>${topic}</TopicArn></member></Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>`;
