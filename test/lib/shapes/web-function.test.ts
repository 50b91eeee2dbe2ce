import { Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Period } from 'aws-cdk-lib/aws-apigateway';
import { ClientAuth } from '../../../lib/gateway/auth/client-auth';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import {
  WebFunctionRegions,
  type WebFunctionShapeProps,
} from '../../../lib/router/shape/web-function/web-function-shape-props';
import { certificate, gatewayIn, newStack, templateOf } from './shape-stack';

const webFunction = (props?: WebFunctionShapeProps) => () => ({ shape: RouterShape.webFunction(props) });
const text = (template: Template, type: string): string => JSON.stringify(template.findResources(type));

describe('a router as a web function', () => {
  const template = templateOf(() => ({
    shape: RouterShape.webFunction({ rateLimit: 300, maxEnvironments: 5, maxConcurrencyPerEnvironment: 32 }),
    auth: ClientAuth.apiKeys({
      teams: [{ name: 'product', rateLimit: 50, burstLimit: 80, quota: { limit: 1000, period: Period.DAY } }],
    }),
  }));

  it('runs the one bundle of the server for as long as a request may take', () => {
    template.hasResourceProperties('AWS::Lambda::WebFunctionRevision', {
      BuildConfig: { RuntimeConfig: { Runtime: 'nodejs24.x' } },
      ServiceConfig: {
        TimeoutSeconds: 900,
        MaxConcurrencyPerEnvironment: 32,
        EnvironmentVariables: Match.objectLike({ AWS_LAMBDA_NODEJS_ENTRYPOINT: 'index.mjs' }),
      },
    });
  });

  it('is open to clients whom the router knows, within the limits of the endpoint', () => {
    template.hasResourceProperties('AWS::Lambda::WebFunctionEndpoint', {
      EndpointName: 'prod',
      AuthType: 'ApplicationManaged',
      ThrottleConfig: { RateLimit: 300 },
      ScalingConfig: { MaxEnvironments: 5 },
    });
  });

  it('is told the digests of keys, with the limits that usage plans would hold, and no key', () => {
    const config = text(template, 'AWS::SSM::Parameter');
    expect(config).toMatch(/product[^}]*keySha256/);
    expect(config.replaceAll('\\', '')).toContain(
      '"limits":{"rate":50,"burst":80,"quota":{"limit":1000,"period":"day"}}',
    );
    expect(JSON.stringify(template.toJSON())).not.toContain('resolve:secretsmanager');
  });

  it('tells the world that it is there, and no names of hosts', () => {
    expect(text(template, 'AWS::SSM::Parameter').replaceAll('\\', '')).toContain('"openHealth":true');
  });

  it('may count what clients send, only where they have limits', () => {
    const counting = { Action: ['dynamodb:UpdateItem', 'dynamodb:GetItem'] };
    const policy = (inner: Template) =>
      inner.findResources('AWS::IAM::Policy', {
        Properties: { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike(counting)]) } },
      });
    expect(Object.keys(policy(template))).toHaveLength(1);
    expect(Object.keys(policy(templateOf(webFunction())))).toEqual([]);
  });

  it('gets the traffic of clients only behind a rollout, which sees the new revision by an endpoint of its own', () => {
    const endpoints = Object.values(template.findResources('AWS::Lambda::WebFunctionEndpoint')) as {
      readonly Properties: { readonly EndpointName: string };
      readonly DependsOn: readonly string[];
    }[];
    const [rollout] = Object.keys(template.findResources('Custom::WebFunctionRollout'));
    const after = endpoints.filter(({ DependsOn }) => DependsOn.includes(rollout!));
    expect(after.map(({ Properties }) => Properties.EndpointName)).toEqual(['prod']);
    template.hasResourceProperties('Custom::WebFunctionRollout', {
      EndpointName: 'prod',
      Percent: '10',
      Probes: Match.stringLikeRegexp('"host":"anthropic"'),
    });
  });

  it('pages when environments do not start, by the same name as Lambda for its errors', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Stack/Gateway/Alarms/Errors',
      MetricName: 'StartFailures',
    });
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: Match.stringLikeRegexp('platform.initReport.*failure'),
    });
    expect(text(template, 'AWS::CloudWatch::Dashboard')).toContain('AWS/Lambda/Web');
  });

  it('tells tools what it runs as, and where its configuration is', () => {
    const [description] = Object.values(template.findOutputs('*', { Description: Match.stringLikeRegexp('^Read by') }));
    expect(JSON.stringify(description)).toMatch(/shape.*webFunction.*FAILOVER_CONFIG_PARAMETER/);
  });
});

describe('a web function in several regions', () => {
  const inRegions = (props: WebFunctionShapeProps, replicaRegions?: string[]) => {
    const stack = newStack();
    const key = new ProviderKey(stack, 'Replicated', { replicaRegions });
    gatewayIn(stack, () => ({ shape: RouterShape.webFunction(props), chain: [Host.anthropic({ keys: [key] })] }));
    return { stack, template: Template.fromStack(stack) };
  };

  it('has its configuration with it, table and secrets beside it, and the rights to both', () => {
    const { template } = inRegions({ regions: ['eu-west-1'] }, ['eu-west-1']);
    template.hasResourceProperties('AWS::Lambda::WebFunctionEndpoint', {
      EndpointType: 'MultiRegion',
      Regions: ['eu-west-1'],
    });
    template.hasResourceProperties('AWS::Lambda::WebFunctionRevision', {
      ServiceConfig: {
        EnvironmentVariables: Match.objectLike({
          FAILOVER_CONFIG: Match.anyValue(),
          FAILOVER_CONFIG_PARAMETER: Match.absent(),
          FAILOVER_SECRET_REPLICAS: 'eu-west-1',
        }),
      },
    });
    template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
      Replicas: Match.arrayWith([Match.objectLike({ Region: 'eu-west-1' })]),
    });
    const policies = text(template, 'AWS::IAM::Policy');
    expect(policies).toContain(':dynamodb:eu-west-1:');
    expect(policies).toContain(':secretsmanager:eu-west-1:');
  });

  it('has a name for each region if that is asked for', () => {
    inRegions({ regions: ['eu-west-1'], regionNames: WebFunctionRegions.NAME_EACH }).template.hasResourceProperties(
      'AWS::Lambda::WebFunctionEndpoint',
      { EndpointType: 'PerRegion' },
    );
  });

  it('warns of a key that is in one region only, and does not say that it is elsewhere', () => {
    const { stack, template } = inRegions({ regions: ['eu-west-1'] });
    const warnings = stack.node.findAll().flatMap(({ node }) => node.metadata.map(({ data }) => String(data)));
    expect(warnings.join()).toContain('Stack/Replicated has no replica in each of eu-west-1');
    expect(text(template, 'AWS::Lambda::WebFunctionRevision')).not.toContain('FAILOVER_SECRET_REPLICAS');
  });
});

describe('CloudFront in front of a web function', () => {
  const template = templateOf((stack) => ({
    shape: RouterShape.webFunction({
      cdn: {
        domainName: 'claude.example.com',
        certificate: certificate(stack),
        webAclArn: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/mine/1',
      },
    }),
  }));

  it('has the name and the web ACL, stores nothing and compresses nothing', () => {
    template.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['claude.example.com'],
        WebACLId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/mine/1',
        DefaultCacheBehavior: { Compress: false, ViewerProtocolPolicy: 'https-only' },
      },
    });
  });

  it('shows a secret, of which the router has the digest', () => {
    template.hasResourceProperties('Custom::KeyDigests', { SecretArns: [Match.anyValue()] });
    expect(text(template, 'AWS::CloudFront::Distribution')).toContain('x-failover-front');
    expect(text(template, 'AWS::SSM::Parameter')).toContain('frontSecretSha256');
  });

  it('is the address of the gateway', () => {
    template.hasOutput('*', { Value: 'https://claude.example.com' });
  });
});

it('goes out through a VPC that is given', () => {
  const template = templateOf((stack) => ({ shape: RouterShape.webFunction(), vpc: new Vpc(stack, 'Vpc') }));
  template.hasResourceProperties('AWS::Lambda::WebFunctionRevision', {
    ServiceConfig: { EgressNetworkConnectorArn: Match.anyValue() },
  });
});

it.each<[string, WebFunctionShapeProps, string]>([
  [
    'a rate that AWS does not have',
    { rateLimit: 150 },
    "'rateLimit' of RouterShape.webFunction() is 150; it must be 0, 100 to 1000",
  ],
  ['one environment', { maxEnvironments: 1 }, "'maxEnvironments' of RouterShape.webFunction() is 1"],
  ['too many requests at a time', { maxConcurrencyPerEnvironment: 129 }, 'it must be a whole number from 1 to 128'],
  ['no other region', { regions: ['us-east-1'] }, "has no region but the stack's own, us-east-1"],
  ['a region that is none', { regions: ['europe'] }, "has 'europe'; it must be an AWS region"],
  ['names of no regions', { regionNames: WebFunctionRegions.NAME_EACH }, "'regionNames' of RouterShape.webFunction()"],
])('stops at %s', (_what, props, message) => {
  expect(() => templateOf(webFunction(props))).toThrow(message);
});

it('stops at one key for a table that has replicas elsewhere', () => {
  expect(() =>
    templateOf((stack) => ({
      shape: RouterShape.webFunction({ regions: ['eu-west-1'] }),
      encryptionKey: new Key(stack, 'EncryptionKey'),
    })),
  ).toThrow("'encryptionKey' is in one region, and the health table's replicas are not");
});
