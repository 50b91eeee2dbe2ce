import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { parseConfig } from '../../../../lambda/gateway/config/config';
import { ENV } from '../../../../lib/contract';
import { Host } from '../../../../lib/hosts/host';
import { type ExactCacheProps, ResponseCache } from '../../../../lib/router/cache/response-cache';
import type { FailoverRouterProps } from '../../../../lib/router/router-props';
import { deployed, functionNamed, newStack, routerIn, routerTemplate, statementsOf } from '../router-stack';

const chain = [Host.bedrock()];
const hour = ResponseCache.exact({ ttl: Duration.hours(1) });

/** As the deployed router reads them. */
function caches(props: Partial<FailoverRouterProps>) {
  const variables = functionNamed(routerTemplate({ chain, ...props }), 'Router').Environment.Variables;
  return parseConfig(deployed(variables[ENV.CONFIG])).routes.map(({ cache }) => cache);
}

test.each<[Partial<ExactCacheProps>, object]>([
  [{}, {}],
  [{ stale: Duration.days(30) }, { staleSeconds: 2_592_000 }],
  [
    { shared: true, onRequest: true, epoch: 2 },
    { shared: true, onRequest: true, epoch: 2 },
  ],
  [{ shared: false, onRequest: false, epoch: 0 }, { epoch: 0 }],
])('the router is told of %j', (props, told) => {
  expect(caches({ cache: ResponseCache.exact({ ttl: Duration.minutes(5), ...props }) })).toEqual([
    { ttlSeconds: 300, ...told },
  ]);
});

test('a route has the router’s cache where it does not say, and may have none', () => {
  const routes = [
    { clients: ['a'], chain },
    { clients: ['b'], chain, cache: ResponseCache.none() },
    { clients: ['c'], chain, cache: ResponseCache.exact({ ttl: Duration.seconds(1) }) },
  ];
  const clients = ['a', 'b', 'c'].map((name) => ({ name }));
  const own = { ttlSeconds: 3600 };
  expect(caches({ routes, clients, cache: hour })).toEqual([own, undefined, { ttlSeconds: 1 }, own]);
});

test.each<[Partial<ExactCacheProps>, RegExp]>([
  [{ ttl: Duration.seconds(0) }, /'cache\.ttl' must be whole seconds from 1 and at most 30 days, got 0 seconds/],
  [{ ttl: Duration.millis(1500) }, /'cache\.ttl' must be whole seconds/],
  [{ ttl: Duration.days(31) }, /'cache\.ttl' must be whole seconds/],
  [{ stale: Duration.days(31) }, /'cache\.stale' must be whole seconds from 1 and at most 30 days, got 31 days/],
  [{ epoch: 1.5 }, /'cache\.epoch' must be a whole number from 0 to 1000000000, got 1.5/],
])('%j fails with what would be right', (props, message) => {
  const cache = ResponseCache.exact({ ttl: Duration.hours(1), ...props });
  expect(() => routerTemplate({ cache })).toThrow(message);
});

test('a route’s own is named as it stands in the props', () => {
  const routes = [{ clients: ['a'], chain, cache: ResponseCache.exact({ ttl: Duration.days(31) }) }];
  expect(() => routerTemplate({ chain, routes, clients: [{ name: 'a' }] })).toThrow(/'routes\[0\]\.cache\.ttl'/);
});

describe('where answers are kept', () => {
  const template = routerTemplate({ cache: ResponseCache.exact({ ttl: Duration.hours(1), stale: Duration.days(2) }) });

  test('is a table that is paid by use and forgets, and a private bucket that does', () => {
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
    template.resourceCountIs('AWS::DynamoDB::GlobalTable', 2);
    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 3, Status: 'Enabled' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
    expect(JSON.stringify(template.findResources('AWS::S3::BucketPolicy'))).toContain('"aws:SecureTransport":"false"');
  });

  test('lets the router read and write one answer at a time, and nothing else', () => {
    const text = statementsOf(template, 'Router')
      .filter(({ Resource }) => JSON.stringify(Resource).includes('RouterCache'))
      .map(({ Action, Resource }) => [Action, JSON.stringify(Resource)]);
    expect(text).toEqual([
      [['dynamodb:GetItem', 'dynamodb:PutItem'], expect.stringMatching(/RouterCacheTable\w+","Arn"/)],
      [['s3:GetObject', 's3:PutObject'], expect.stringMatching(/RouterCacheBucket\w+","Arn"\]\},"\/cache\/\*"/)],
    ]);
  });

  test('is what the router is told', () => {
    const { Variables } = functionNamed(template, 'RouterFunction').Environment;
    expect(JSON.stringify(Variables[ENV.CACHE_TABLE])).toContain('RouterCacheTable');
    expect(JSON.stringify(Variables[ENV.CACHE_BUCKET])).toMatch(/us-east-1\/",\{"Ref":"RouterCacheBucket/);
  });

  test('is what the worker of requests that wait is told as well', () => {
    const waiting = routerTemplate({ cache: hour, queue: {} });
    const { Variables } = functionNamed(waiting, 'RouterRequestQueueWorker').Environment;
    expect(JSON.stringify(Variables[ENV.CACHE_TABLE])).toContain('RouterCacheTable');
  });

  test('stays with the rest where the rest is kept', () => {
    const kept = routerTemplate({ cache: hour, removalPolicy: RemovalPolicy.RETAIN });
    const [bucket] = Object.values(kept.findResources('AWS::S3::Bucket'));
    expect(bucket).toMatchObject({ DeletionPolicy: 'Retain' });
    kept.resourceCountIs('Custom::S3AutoDeleteObjects', 0);
  });

  test('has the one key where there is one', () => {
    const stack = newStack();
    routerIn(stack, { cache: hour, encryptionKey: new kms.Key(stack, 'Encryption') });
    const all = Template.fromStack(stack);
    const KEY = { 'Fn::GetAtt': [expect.stringMatching(/^Encryption/), 'Arn'] };
    for (const { Properties } of Object.values(all.findResources('AWS::DynamoDB::GlobalTable'))) {
      expect(Properties.Replicas[0].SSESpecification).toEqual({ KMSMasterKeyId: KEY });
    }
    const [bucket] = Object.values(all.findResources('AWS::S3::Bucket'));
    expect(JSON.stringify(bucket)).toMatch(
      /"SSEAlgorithm":"aws:kms","KMSMasterKeyID"|"KMSMasterKeyID":.*"SSEAlgorithm":"aws:kms"/,
    );
    expect(JSON.stringify(all.findResources('AWS::KMS::Key'))).toContain('s3.us-east-1.');
  });

  test('is not there where no route keeps any', () => {
    const without = routerTemplate({ cache: ResponseCache.none() });
    without.resourceCountIs('AWS::DynamoDB::GlobalTable', 1);
    without.resourceCountIs('AWS::S3::Bucket', 0);
    expect(functionNamed(without, 'RouterFunction').Environment.Variables).not.toHaveProperty(ENV.CACHE_TABLE);
    const stack = newStack();
    const router = routerIn(stack);
    expect([router.cacheTable, router.cacheBucket]).toEqual([undefined, undefined]);
  });
});
