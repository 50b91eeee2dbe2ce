import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import * as api from '../../../lib';
import type { ShapedRouterProps } from '../../../lib/router/shape/shaped-router-props';
import { ACCOUNT } from '../hosts/host-stack';

/** A way from a struct to what it makes. */
export interface Root {
  /** The least that is right, whatever else may be in it. */
  base(scope: Construct): object;
  make(scope: Construct, props: never): unknown;
  /** Properties with structs of their own, which are swept through this one. @default - all */
  readonly skip?: readonly string[];
  /** Its bundle has to be copied, as in an app. */
  readonly isStaged?: boolean;
}

const CHAIN = [api.Host.bedrock()];
const MODELS = ['claude-opus-5-5'];
const LAST = api.Host.bedrockModel();
/** Both of them have to be there for the other to be looked at. */
const POLICY = { guardrail: { guardrail: 'abc123', version: '1' } };
const FULL_TEAM = { name: 'a', rateLimit: 1, burstLimit: 1, quota: { limit: 1 }, policy: POLICY };
const ROUTER: api.FailoverRouterAttributes = {
  functionArn: `arn:aws:lambda:us-east-1:${ACCOUNT}:function:router:live`,
  serviceName: 'service',
  hostNames: ['bedrock', 'other'],
  logGroupName: 'router',
};
const router = (scope: Construct): api.FailoverRouter =>
  new api.FailoverRouter(scope, 'Router', { chain: CHAIN, models: MODELS });
/** What alarms and widgets need of a router, without one. */
const monitored = (scope: Construct): api.IMonitoredRouter =>
  api.FailoverRouter.fromFailoverRouterAttributes(scope, 'Router', ROUTER);
const topic = (scope: Construct): sns.ITopic =>
  sns.Topic.fromTopicArn(scope, 'Topic', `arn:aws:sns:us-east-1:${ACCOUNT}:t`);
const key = (scope: Construct): api.IProviderKey => new api.ProviderKey(scope, 'Key');
const stage = (scope: Construct): apigateway.Stage => {
  const rest = new apigateway.RestApi(scope, 'Api');
  rest.root.addMethod('ANY');
  return rest.deploymentStage;
};
/** A host is checked by the router whose chain it is in. */
const host = (of: (props: never) => api.Host, base: Root['base'] = () => ({})): Root => ({
  base,
  make: (scope, props) => new api.FailoverRouter(scope, 'Router', { chain: [of(props)], models: MODELS }),
});
/** So is one of other models, by the router whose last resort it is. */
const other = (of: (props: never) => api.Host, base: Root['base'] = () => ({}), model = 'other'): Root => ({
  base,
  make: (scope, props) =>
    new api.FailoverRouter(scope, 'Router', {
      chain: CHAIN,
      models: MODELS,
      lastResort: [{ host: of(props), model }],
    }),
});
const chain = (of: (props: never) => api.Host[], base: Root['base']): Root => ({
  base,
  make: (scope, props) => new api.FailoverRouter(scope, 'Router', { chain: of(props), models: MODELS }),
});

/** A shape is checked by the router that runs so. */
const shape = (of: (props: never) => api.RouterShape, base: Root['base'] = () => ({})): Root => ({
  base,
  make: (scope, props) => {
    const shaped: ShapedRouterProps = { chain: CHAIN, models: MODELS, shape: of(props) };
    return new api.FailoverRouter(scope, 'Router', shaped);
  },
});

class OwnAuth extends api.ClientAuth {
  constructor(private readonly binding: api.ClientAuthBinding) {
    super();
  }
  public override bind(): api.ClientAuthBinding {
    return this.binding;
  }
}
class OwnEndpoint extends api.GatewayEndpoint {
  constructor(private readonly binding: api.GatewayEndpointBinding) {
    super();
  }
  public override bind(): api.GatewayEndpointBinding {
    return this.binding;
  }
}
const gatewayWith = (scope: Construct, props: Partial<api.FailoverGatewayProps>): api.FailoverGateway =>
  new api.FailoverGateway(scope, 'Gateway', { chain: CHAIN, models: MODELS, dashboard: false, ...props });

/** Every struct stands here, or is part of one that does; a test says so. */
export const ROOTS: Readonly<Record<string, Root>> = {
  FailoverGatewayProps: {
    base: () => ({
      chain: CHAIN,
      models: MODELS,
      canary: { quotas: [{ host: 'bedrock', tokensPerMinute: 1 }] },
      dashboard: false,
    }),
    make: (scope, props) => new api.FailoverGateway(scope, 'Gateway', props),
    skip: ['alarms', 'routes', 'clients', 'guardrail', 'lastResort', 'queue', 'batches'],
  },
  FailoverRouterProps: {
    base: () => ({
      chain: CHAIN,
      models: MODELS,
      routes: [{ clients: ['a'], chain: CHAIN, lastResort: [{ host: LAST, model: 'meta.llama' }] }],
      lastResort: [{ host: LAST, model: 'meta.llama' }],
      ...POLICY,
      clients: [{ name: 'a', policy: POLICY }],
    }),
    make: (scope, props) => new api.FailoverRouter(scope, 'Router', props),
  },
  FallbackCanaryProps: {
    base: (scope) => ({ router: router(scope), quotas: [{ host: 'bedrock', tokensPerMinute: 1 }] }),
    make: (scope, props) => new api.FallbackCanary(scope, 'Canary', props),
  },
  OutsideViewProps: {
    base: (scope) => ({ router: router(scope), url: 'https://example.com' }),
    make: (scope, props) => new api.OutsideView(scope, 'View', props),
    isStaged: true,
  },
  FailoverAlarmsProps: {
    base: (scope) => ({
      router: monitored(scope),
      pageTopic: topic(scope),
      noticeTopic: topic(new Construct(scope, 'Other')),
    }),
    make: (scope, props) => new api.FailoverAlarms(scope, 'Alarms', props),
  },
  FailoverDashboardProps: {
    base: (scope) => ({ router: monitored(scope) }),
    make: (scope, props) => new api.FailoverDashboard(scope, 'Dashboard', props),
  },
  AuditTrailProps: {
    base: () => ({ contents: {} }),
    make: (scope, props) => new api.AuditTrail(scope, 'Audit', props),
  },
  ProviderKeyProps: {
    base: () => ({}),
    make: (scope, props) => new api.ProviderKey(scope, 'Key', props),
  },
  BedrockInferenceProfileProps: {
    base: () => ({ model: 'claude-opus-5-5' }),
    make: (scope, props) => new api.BedrockInferenceProfile(scope, 'Profile', props),
  },
  BedrockInferenceProfileAttributes: {
    base: () => ({
      model: 'claude-opus-5-5',
      profileArn: `arn:aws:bedrock:us-east-1:${ACCOUNT}:application-inference-profile/a`,
    }),
    make: (scope, props) => api.BedrockInferenceProfile.fromProfileArn(scope, 'Profile', props),
  },
  ApiKeysProps: {
    base: () => ({ teams: [FULL_TEAM] }),
    make: (scope, props) => api.ClientAuth.apiKeys(props).bind(scope, { canary: true }),
  },
  OpenAccessProps: {
    base: () => ({ acknowledgeOpenAccess: true }),
    make: (scope, props) => api.ClientAuth.open(props).bind(scope, { canary: true }),
  },
  PublicEndpointProps: {
    base: () => ({}),
    make: (scope, props) => api.GatewayEndpoint.public(props).bind(scope),
  },
  PrivateEndpointProps: {
    base: () => ({ vpcEndpoints: [] }),
    make: (scope, props) => api.GatewayEndpoint.private(props).bind(scope),
  },
  CustomDomainProps: {
    base: (scope) => ({
      domainName: 'claude.example.com',
      certificate: acm.Certificate.fromCertificateArn(
        scope,
        'Certificate',
        `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/a`,
      ),
    }),
    make: (scope, props) => api.GatewayEndpoint.customDomain(props).bind(scope),
  },
  ClientAuthBinding: {
    base: () => ({
      clients: [{ name: 'a', policy: POLICY }],
      methodOptions: { apiKeyRequired: true },
      canaryAuth: api.CanaryAuth.API_KEY,
      canaryKeyId: 'k',
    }),
    make: (scope, props) => gatewayWith(scope, { auth: new OwnAuth(props) }),
  },
  ClientAuthBindOptions: {
    base: () => ({ canary: true }),
    make: (scope, props) => api.ClientAuth.apiKeys().bind(scope, props),
  },
  GatewayEndpointBinding: {
    base: () => ({ restApiProps: {} }),
    make: (scope, props) => gatewayWith(scope, { endpoint: new OwnEndpoint(props) }),
  },
  FailoverRouterAttributes: {
    base: () => ROUTER,
    make: (scope, props) => api.FailoverRouter.fromFailoverRouterAttributes(scope, 'Router', props),
  },
  FailoverGatewayAttributes: {
    base: (scope) => ({ restApiId: 'a', restApiName: 'a', router: monitored(scope) }),
    make: (scope, props) => api.FailoverGateway.fromFailoverGatewayAttributes(scope, 'Gateway', props),
  },
  CheapestOrderProps: {
    base: () => ({}),
    make: (scope, props) =>
      new api.FailoverRouter(scope, 'Router', {
        chain: CHAIN,
        models: MODELS,
        order: api.RoutingOrder.cheapest(props),
      }),
  },
  ExactCacheProps: {
    base: () => ({ ttl: Duration.hours(1) }),
    make: (scope, props) =>
      new api.FailoverRouter(scope, 'Router', { chain: CHAIN, models: MODELS, cache: api.ResponseCache.exact(props) }),
  },
  TokenPrice: other(
    (price) => api.Host.bedrockModel({ prices: { other: price } }),
    () => ({ input: 1, output: 2 }),
  ),
  RouterDeploymentProps: {
    base: () => ({}),
    make: (scope, props) => gatewayWith(scope, { deployment: api.RouterDeployment.custom(props) }),
  },
  RateLimitProps: {
    base: () => ({}),
    make: (scope, props) =>
      api.Firewall.rateLimit(props)._bind(new Construct(scope, 'Firewall'), stage(scope).stageArn),
  },
  WebFunctionShapeProps: shape(api.RouterShape.webFunction),
  FargateShapeProps: shape(api.RouterShape.fargate, (scope) => ({
    domainName: 'claude.example.com',
    certificate: acm.Certificate.fromCertificateArn(
      scope,
      'Certificate',
      `arn:aws:acm:us-east-1:${ACCOUNT}:certificate/1`,
    ),
  })),
  AnthropicHostProps: host(api.Host.anthropic, (scope) => ({ keys: [key(scope)] })),
  BedrockHostProps: host(api.Host.bedrock),
  ClaudePlatformAwsHostProps: host(api.Host.claudePlatformAws, () => ({ workspaceId: 'wrkspc_1' })),
  FoundryHostProps: host(api.Host.foundry, (scope) => ({ resource: 'r', keys: [key(scope)] })),
  VertexHostProps: host(api.Host.vertex, () => ({ projectId: 'my-project', projectNumber: '1' })),
  OpenaiHostProps: other(api.Host.openai, (scope) => ({ keys: [key(scope)] })),
  OpenaiCompatibleHostProps: other(api.Host.openaiCompatible, () => ({ baseUrl: 'https://api.example.com/v1' })),
  AzureOpenaiHostProps: other(api.Host.azureOpenai, (scope) => ({
    resource: 'r',
    entra: { tenantId: 't', clientId: 'c', secret: key(scope) },
  })),
  GeminiHostProps: other(api.Host.gemini, () => ({ projectId: 'my-project', projectNumber: '1' })),
  BedrockModelHostProps: other(api.Host.bedrockModel, () => ({}), 'meta.llama'),
  MessagesHostProps: other(api.Host.messages, () => ({
    baseUrl: 'https://api.example.com',
    auth: api.MessagesAuth.none(),
  })),
  MessagesSignatureProps: other(
    (props) => api.Host.messages({ baseUrl: 'https://api.example.com', auth: api.MessagesAuth.signature(props) }),
    () => ({ service: 'bedrock-agentcore', region: 'us-east-1' }),
  ),
  AwsNativeChainProps: chain(api.ChainPreset.awsNative, () => ({ regions: ['us-east-1'] })),
  MultiCloudChainProps: chain(api.ChainPreset.multiCloud, (scope) => ({
    anthropicKeys: [key(scope)],
    regions: ['us-east-1'],
    vertex: { projectId: 'my-project', projectNumber: '1' },
  })),
  CrossCloudChainProps: chain(api.ChainPreset.crossCloud, (scope) => ({
    regions: ['us-east-1'],
    foundry: { resource: 'r', keys: [key(scope)] },
    vertex: { projectId: 'my-project', projectNumber: '1' },
  })),
  PragmaticChainProps: chain(api.ChainPreset.pragmatic, (scope) => ({
    regions: ['us-east-1'],
    anthropicKeys: [key(scope)],
  })),
  CostOptimisedChainProps: chain(api.ChainPreset.costOptimised, (scope) => ({
    anthropicKeys: [key(scope)],
    regions: ['us-east-1'],
  })),
  SydneyChainProps: chain(api.ChainPreset.sydney, () => ({})),
};

/** Nothing is written where that can be: a bundle that is copied for each try takes most of the time. */
export const newApp = ({ isStaged = false }: Root): App =>
  new App({ analyticsReporting: false, treeMetadata: false, context: { 'aws:cdk:disable-asset-staging': !isStaged } });

export const newStack = (app: App): Stack =>
  new Stack(app, `Stack${app.node.children.length}`, { env: { account: ACCOUNT, region: 'us-east-1' } });
