import { ACCOUNT, REGION } from '../stack/test-config';
import type { SimRequest } from '../../../local/hosts/requests/recorded-request';
import { many, type AccountPolicies } from './account-policies';
import type { Asked } from './access';
import { s3Asks } from './s3-asks';

/** A call to an AWS service, and for which region it was signed. */
export interface AwsCall {
  readonly service: string;
  readonly region: string;
  readonly request: SimRequest;
  readonly account: AccountPolicies;
}

type Reading = (call: AwsCall) => Asked | readonly Asked[];

/** What a call asks IAM for, by the service that it is signed for and the operation that it names. */
export function askedOf(call: AwsCall): Asked[] {
  const { service, request } = call;
  const asked = SERVICES[service]?.(call);
  if (asked === undefined)
    throw new Error(`no rule says what ${service} ${request.method} ${request.path} asks IAM for`);
  return many(asked).flatMap((one) => [one, ...keyOfTopic(one.resource, call.account)]);
}

/** Who publishes to an encrypted topic has its key used by SNS, in the publisher's name. */
export function keyOfTopic(topic: string, { topicKeys }: AccountPolicies): Asked[] {
  const resource = topicKeys[topic];
  if (resource === undefined) return [];
  const context = { 'kms:ViaService': `sns.${REGION}.amazonaws.com` };
  return ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) => ({ action, resource, context }));
}

const SERVICES: Readonly<Record<string, Reading>> = {
  secretsmanager: (call) => ({ action: `secretsmanager:${operation(call)}`, resource: field(call, 'SecretId') }),
  dynamodb: (call) => ({
    action: `dynamodb:${operation(call)}`,
    resource: arn(call, 'dynamodb', `table/${field(call, 'TableName')}`),
  }),
  ssm: (call) => ({
    action: `ssm:${operation(call)}`,
    resource: arn(call, 'ssm', `parameter/${field(call, 'Name').replace(/^\//, '')}`),
  }),
  sqs: (call) => ({
    action: `sqs:${operation(call)}`,
    resource: arn(call, 'sqs', field(call, 'QueueUrl').split('/').at(-1) ?? ''),
  }),
  scheduler: schedulerAsks,
  sns: ({ request }) => {
    const form = new URLSearchParams(request.body.toString());
    return { action: `sns:${form.get('Action')}`, resource: form.get('TopicArn') ?? '' };
  },
  firehose: (call) => ({
    action: `firehose:${operation(call)}`,
    resource: arn(call, 'firehose', `deliverystream/${field(call, 'DeliveryStreamName')}`),
  }),
  // CloudWatch, Logs, X-Ray: what has no smaller resource.
  monitoring: (call) => {
    const action = `cloudwatch:${operation(call)}`;
    const names = call.request.json?.['AlarmNames'];
    if (!Array.isArray(names)) return { action, resource: '*' };
    return names.map((name) => ({ action, resource: arn(call, 'cloudwatch', `alarm:${name}`) }));
  },
  logs: (call) => {
    const place = `log-group:${field(call, 'logGroupName')}:log-stream:${field(call, 'logStreamName')}`;
    return { action: `logs:${operation(call)}`, resource: arn(call, 'logs', place) };
  },
  xray: ({ request }) => {
    const actions: Readonly<Record<string, string>> = {
      '/TraceSegments': 'PutTraceSegments',
      '/TelemetryRecords': 'PutTelemetryRecords',
    };
    return { action: `xray:${actions[request.path]}`, resource: '*' };
  },
  apigateway: ({ region, request }) => ({
    action: `apigateway:${request.method}`,
    resource: `arn:aws:apigateway:${region}::${request.path}`,
  }),
  lambda: (call) => {
    const { request } = call;
    const [, name, endpoint] = /^\/2025-03-07\/web-functions\/([^/]+)\/endpoints\/([^/]+)$/.exec(request.path) ?? [];
    if (name !== undefined) {
      // No page says whether the function is asked for or its endpoint: a role needs both.
      const action = `lambda:${request.method === 'GET' ? 'Get' : 'Update'}WebFunctionEndpoint`;
      const resource = arn(call, 'lambda', `web-function/${name}`);
      return [resource, `${resource}/endpoint/${endpoint}`].map((one) => ({ action, resource: one }));
    }
    const [, fn = ''] = /^\/[\d-]+\/functions\/([^/]+)\/(response-streaming-)?invocations$/.exec(request.path) ?? [];
    return { action: 'lambda:InvokeFunction', resource: decodeURIComponent(fn) };
  },
  s3: (call) => (isRecord(call.request.path) ? recordAsks(call.request) : s3Asks(call)),
  codedeploy: (call) => {
    const [group, ...others] = call.account.deploymentGroups;
    if (group === undefined || others.length > 0) throw new Error('a deployment can be of one group only');
    return { action: `codedeploy:${operation(call)}`, resource: group.arn };
  },
};

/** Whoever makes a schedule gives EventBridge Scheduler the role that it calls its target by. */
function schedulerAsks(call: AwsCall): readonly Asked[] {
  const { method, path, json, query } = call.request;
  const name = path.split('/').at(-1);
  if (method === 'DELETE') {
    const resource = arn(call, 'scheduler', `schedule/${query.get('groupName')}/${name}`);
    return [{ action: 'scheduler:DeleteSchedule', resource }];
  }
  const target = json?.['Target'] as { readonly RoleArn: string };
  const context = { 'iam:PassedToService': 'scheduler.amazonaws.com' };
  return [
    {
      action: 'scheduler:CreateSchedule',
      resource: arn(call, 'scheduler', `schedule/${field(call, 'GroupName')}/${name}`),
    },
    { action: 'iam:PassRole', resource: target.RoleArn, context },
  ];
}

/** Of requests that wait, and their answers. */
const isRecord = (path: string): boolean => /^\/[^/]+\/(requests|answers)\//.test(path);

function recordAsks({ method, path }: SimRequest): readonly Asked[] {
  const [, bucket = '', key = ''] = /^\/([^/]+)\/(.+)$/.exec(path) ?? [];
  const place = `arn:aws:s3:::${bucket}`;
  if (method === 'PUT') return [{ action: 's3:PutObject', resource: `${place}/${key}` }];
  // Only who may list a bucket hears that something is not there.
  return [
    { action: 's3:GetObject', resource: `${place}/${key}` },
    { action: 's3:ListBucket', resource: place },
  ];
}

/** `DynamoDB_20120810.Query` */
const operation = ({ request }: AwsCall): string => request.headers['x-amz-target']?.split('.').at(-1) ?? '';
const field = ({ request }: AwsCall, name: string): string => String(request.json?.[name] ?? '');
const arn = ({ region }: AwsCall, service: string, resource: string): string =>
  `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
