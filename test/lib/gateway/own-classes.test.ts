import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import {
  CanaryAuth,
  ClientAuth,
  type ClientAuthBinding,
  type ClientAuthBindOptions,
  FailoverGateway,
  GatewayEndpoint,
  type GatewayEndpointBinding,
  Host,
  Steering,
} from '../../../lib';
import { newStack, outputs } from './gateway-stack';

/** Users of a Cognito pool; each team has a plan without a key, and the canary one with a key. */
class CognitoAuth extends ClientAuth {
  public readonly seen: ClientAuthBindOptions[] = [];

  public override bind(scope: Construct, options: ClientAuthBindOptions): ClientAuthBinding {
    this.seen.push(options);
    const pool = new cognito.UserPool(scope, 'Pool');
    const key = new apigateway.ApiKey(scope, 'CanaryKey');
    return {
      methodOptions: {
        authorizer: new apigateway.CognitoUserPoolsAuthorizer(scope, 'Users', { cognitoUserPools: [pool] }),
      },
      clients: [{ name: 'platform', may: [Steering.SKIP] }],
      canaryAuth: CanaryAuth.API_KEY,
      canaryKeyId: key.keyId,
    };
  }

  public override attach(scope: Construct, api: apigateway.RestApi): void {
    api.addUsagePlan('Everybody', { throttle: { rateLimit: 7 } });
    expect(scope.node.tryFindChild('Pool')).toBeDefined();
  }
}

/** Behind a distribution of one's own, which is the only address that is told. */
class BehindCdn extends GatewayEndpoint {
  public override bind(): GatewayEndpointBinding {
    return {
      restApiProps: { endpointTypes: [apigateway.EndpointType.REGIONAL], description: 'behind the CDN' },
      isPrivate: true,
    };
  }

  public override attach(scope: Construct, api: apigateway.RestApi): string {
    new acm.Certificate(scope, 'CdnCertificate', { domainName: 'cdn.example.com' });
    return `https://cdn.example.com/${api.deploymentStage.stageName}`;
  }
}

/** Only says what it must. */
class Least extends GatewayEndpoint {
  public override bind(): GatewayEndpointBinding {
    return { restApiProps: { endpointTypes: [apigateway.EndpointType.REGIONAL] } };
  }
}

const stack = newStack();
const auth = new CognitoAuth();
const gateway = new FailoverGateway(stack, 'Gateway', {
  chain: [Host.bedrock()],
  models: ['claude-opus-5-5'],
  pageEmails: ['oncall@example.com'],
  auth,
  endpoint: new BehindCdn(),
});
const template = Template.fromStack(stack);

it('an auth of one’s own guards every method', () => {
  template.allResourcesProperties('AWS::ApiGateway::Method', { AuthorizationType: 'COGNITO_USER_POOLS' });
});

it('an auth of one’s own is told of the canary, and adds what needs the API', () => {
  expect(auth.seen).toEqual([expect.objectContaining({ canary: true })]);
  template.hasResourceProperties('AWS::ApiGateway::UsagePlan', { Throttle: { RateLimit: 7 } });
});

it('clients of an auth of one’s own are known to the router', () => {
  const functions = JSON.stringify(template.findResources('AWS::Lambda::Function'));
  expect(functions).toContain('\\"name\\":\\"platform\\",\\"may\\":[\\"skip\\"]');
});

it('an endpoint of one’s own says the address, and what the API is', () => {
  expect(stack.resolve(gateway.url)).toMatchObject({
    'Fn::Join': ['', ['https://cdn.example.com/', expect.anything()]],
  });
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { EndpointConfiguration: { Types: ['REGIONAL'] } });
  template.resourceCountIs('AWS::CertificateManager::Certificate', 1);
});

it('an endpoint of one’s own that is private is not asked by a canary outside of the VPC', () => {
  const statements = JSON.stringify(template.findResources('AWS::IAM::Policy'));
  expect(statements).not.toContain('apigateway:GET');
});

it('an endpoint that says no more than it must has API Gateway’s address, and the canary gets in by the auth’s key', () => {
  const other = newStack();
  new FailoverGateway(other, 'Gateway', {
    chain: [Host.bedrock()],
    models: ['claude-opus-5-5'],
    pageEmails: ['oncall@example.com'],
    auth: new CognitoAuth(),
    endpoint: new Least(),
  });
  const result = Template.fromStack(other);
  expect(JSON.stringify(outputs(result, 'Url'))).toMatch(/https:\/\/.*\.execute-api\.us-east-1\./);
  result.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([
        Match.objectLike({
          Action: 'apigateway:GET',
          Resource: { 'Fn::Join': ['', Match.arrayWith([{ Ref: Match.stringLikeRegexp('AuthCanaryKey') }])] },
        }),
      ]),
    },
  });
});
