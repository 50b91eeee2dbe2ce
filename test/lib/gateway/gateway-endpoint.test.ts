import { App, Aspects, Aws, Stack, type IAspect } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { GatewayEndpoint, type CustomDomainProps } from '../../../lib/gateway/endpoint/gateway-endpoint';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { gatewayIn, gatewayTemplate, newStack, outputs } from './gateway-stack';

describe('a public endpoint', () => {
  const stack = newStack();
  const gateway = gatewayIn(stack);
  const template = Template.fromStack(stack);

  it('is Regional, where a stream may be silent for five minutes', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
  });

  it('has a URL without a slash at its end, and it is the only address among the outputs', () => {
    const url = JSON.stringify(stack.resolve(gateway.url));
    expect(url).toMatch(/https:\/\//);
    expect(url).not.toMatch(/\/"?\]\]\}$/);
    const values = outputs(template, '').map(({ Value }) => JSON.stringify(Value));
    expect(values.filter((value) => value.includes('.execute-api.') && !value.includes('healthTable'))).toEqual([url]);
  });
});

describe('a private endpoint', () => {
  const stack = newStack();
  const vpc = new ec2.Vpc(stack, 'Vpc');
  const vpcEndpoint = vpc.addInterfaceEndpoint('ExecuteApi', {
    service: ec2.InterfaceVpcEndpointAwsService.APIGATEWAY,
  });
  gatewayIn(stack, { endpoint: GatewayEndpoint.private({ vpcEndpoints: [vpcEndpoint] }) });
  const template = Template.fromStack(stack);
  const endpointId = stack.resolve(vpcEndpoint.vpcEndpointId);

  it('belongs to the given VPC endpoint', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [endpointId] },
    });
  });

  it('refuses whatever comes by another way', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      Policy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 'execute-api:Invoke',
            Condition: { StringNotEquals: { 'aws:SourceVpce': [endpointId] } },
          }),
        ]),
      },
    });
  });
});

it('a private endpoint that nobody could reach stops synth', () => {
  expect(() => gatewayTemplate({ endpoint: GatewayEndpoint.private({ vpcEndpoints: [] }) })).toThrow(
    /'vpcEndpoints' of GatewayEndpoint.private\(\) is empty.*give at least one interface endpoint.*Stack\/Gateway/s,
  );
});

const domainIn = (stack: Stack, props: Partial<CustomDomainProps> = {}) =>
  GatewayEndpoint.customDomain({
    domainName: 'claude.example.com',
    certificate: acm.Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
    ),
    hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z1',
      zoneName: 'example.com',
    }),
    ...props,
  });

describe('a custom domain', () => {
  const withDomain = (hostedZone: boolean, domainName = 'claude.example.com') => {
    const stack = newStack();
    const endpoint = domainIn(stack, { domainName, ...(!hostedZone && { hostedZone: undefined }) });
    const gateway = gatewayIn(stack, { endpoint });
    return { gateway, template: Template.fromStack(stack) };
  };
  const { gateway, template } = withDomain(true);

  it('speaks TLS 1.3 only', () => {
    template.hasResourceProperties('AWS::ApiGateway::DomainName', {
      DomainName: 'claude.example.com',
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  it('has the API behind it speak the same, because API Gateway goes by that', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'SecurityPolicy_TLS13_1_3_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  it('is the only way in', () => {
    template.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
    expect(gateway.url).toBe('https://claude.example.com');
    template.resourceCountIs('AWS::ApiGateway::BasePathMapping', 1);
  });

  it('gets its record in the hosted zone', () => {
    template.hasResourceProperties('AWS::Route53::RecordSet', {
      Name: 'claude.example.com.',
      Type: 'A',
      HostedZoneId: 'Z1',
      AliasTarget: { DNSName: { 'Fn::GetAtt': [Match.anyValue(), 'RegionalDomainName'] } },
    });
  });

  it('without a hosted zone, an output says where the name has to point', () => {
    const { template: without } = withDomain(false);
    without.resourceCountIs('AWS::Route53::RecordSet', 0);
    expect(outputs(without, 'DomainTarget')).toMatchObject([
      { Value: { 'Fn::GetAtt': [expect.anything(), 'RegionalDomainName'] } },
    ]);
  });

  it.each(['https://claude.example.com', 'Claude.example.com', 'claude.example.com/v1', 'localhost'])(
    '%s is no host name, and stops synth',
    (wrong) => {
      expect(() => withDomain(true, wrong)).toThrow(`'domainName' of GatewayEndpoint.customDomain() is '${wrong}'`);
    },
  );

  it('a name that is known at deployment only passes', () => {
    const { template: later } = withDomain(false, Aws.STACK_NAME);
    later.hasResourceProperties('AWS::ApiGateway::DomainName', { DomainName: { Ref: 'AWS::StackName' } });
  });
});

describe('IPv6 beside IPv4', () => {
  const ipAddressType = apigateway.IpAddressType.DUAL_STACK;

  it('comes with a public endpoint that asks for it, and with no other', () => {
    gatewayTemplate({ endpoint: GatewayEndpoint.public({ ipAddressType }) }).hasResourceProperties(
      'AWS::ApiGateway::RestApi',
      { EndpointConfiguration: { Types: ['REGIONAL'], IpAddressType: 'dualstack' } },
    );
    gatewayTemplate().hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { IpAddressType: Match.absent() },
    });
  });

  it('comes with a name of one’s own, which gets both records', () => {
    const stack = newStack();
    gatewayIn(stack, { endpoint: domainIn(stack, { ipAddressType }), canary: { outsideView: {} } });
    const template = Template.fromStack(stack);
    for (const type of ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::DomainName']) {
      template.hasResourceProperties(type, { EndpointConfiguration: { IpAddressType: 'dualstack' } });
    }
    const records = template.findResources('AWS::Route53::RecordSet', {
      Properties: { Name: 'claude.example.com.', AliasTarget: { HostedZoneId: Match.anyValue() } },
    });
    expect(
      Object.values(records)
        .map(({ Properties }) => Properties.Type)
        .sort(),
    ).toEqual(['A', 'AAAA']);
    template.hasResource('AWS::Synthetics::Canary', {
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('DomainRecordIpv6')]),
    });
  });

  it('gives a name that does not ask for it no AAAA record', () => {
    const stack = newStack();
    gatewayIn(stack, { endpoint: domainIn(stack) });
    Template.fromStack(stack).resourceCountIs('AWS::Route53::RecordSet', 1);
  });
});

describe('certificates of clients', () => {
  const withMtls = (props: Partial<FailoverGatewayProps> = {}) => {
    const stack = newStack();
    const bucket = s3.Bucket.fromBucketName(stack, 'Trust', 'trust-store');
    gatewayIn(stack, { endpoint: domainIn(stack, { mtls: { bucket, key: 'ca.pem', version: 'v1' } }), ...props });
    return Template.fromStack(stack);
  };

  it('are asked for by the name, under the policy that API Gateway has for that', () => {
    withMtls().hasResourceProperties('AWS::ApiGateway::DomainName', {
      MutualTlsAuthentication: { TruststoreUri: 's3://trust-store/ca.pem', TruststoreVersion: 'v1' },
      SecurityPolicy: 'TLS_1_2',
      EndpointAccessMode: Match.absent(),
    });
    withMtls().hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
  });

  it('are nothing the canary has, which therefore asks the hosts only', () => {
    expect(JSON.stringify(withMtls().findResources('AWS::IAM::Policy'))).not.toContain('apigateway:GET');
  });

  it('keep a look from outside away, and synth says so', () => {
    expect(() => withMtls({ canary: { outsideView: {} } })).toThrow(
      /'canary.outsideView' has no certificate of a client to show; leave it out/,
    );
  });
});

it('an Edge endpoint, made by an aspect, stops synth with the reason', () => {
  const toEdge: IAspect = {
    visit: (node) => {
      if (node instanceof apigateway.CfnRestApi) node.endpointConfiguration = { types: ['EDGE'] };
    },
  };
  const app = new App();
  const stack = new Stack(app, 'Stack');
  gatewayIn(stack);
  Aspects.of(app).add(toEdge);
  expect(() => app.synth()).toThrow(/endpoint is EDGE, which ends a stream after 30 seconds.*use REGIONAL or PRIVATE/s);
});

describe('TLS', () => {
  it.each([
    ['everybody may reach', GatewayEndpoint.public()],
    [
      'a policy was chosen for',
      GatewayEndpoint.public({ securityPolicy: apigateway.SecurityPolicy.TLS13_1_2_PQ_2025_09 }),
    ],
  ])('is 1.2 at least at an API that %s', (_what, endpoint) => {
    gatewayTemplate({ endpoint }).hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09',
      EndpointAccessMode: 'STRICT',
    });
  });

  it('has no access mode with an older policy, which does not know it', () => {
    const endpoint = GatewayEndpoint.public({ securityPolicy: apigateway.SecurityPolicy.TLS_1_2 });
    gatewayTemplate({ endpoint }).hasResourceProperties('AWS::ApiGateway::RestApi', {
      SecurityPolicy: 'TLS_1_2',
      EndpointAccessMode: Match.absent(),
    });
  });

  it('cannot be that of an Edge endpoint', () => {
    const endpoint = GatewayEndpoint.public({ securityPolicy: apigateway.SecurityPolicy.TLS13_2025_EDGE });
    expect(() => gatewayTemplate({ endpoint })).toThrow(
      /'securityPolicy' is SecurityPolicy_TLS13_2025_EDGE, which is for Edge endpoints[^]*"Stack\/Gateway"/,
    );
  });

  it('is an older policy where clients show certificates', () => {
    const stack = newStack();
    const mtls = { bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust-store'), key: 'ca.pem' };
    const endpoint = domainIn(stack, { mtls, securityPolicy: apigateway.SecurityPolicy.TLS13_1_3_2025_09 });
    expect(() => gatewayIn(stack, { endpoint })).toThrow(
      /'securityPolicy' is SecurityPolicy_TLS13_1_3_2025_09, which API Gateway refuses together with 'mtls'; take TLS_1_2/,
    );
  });
});
