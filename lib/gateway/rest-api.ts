import { Duration, Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { accessLog } from './access-log';
import { accountLogging, type AccountLoggingProps } from './account-logging';
import type { ClientAuthBinding } from './auth/client-auth-binding';
import type { GatewayEndpointBinding } from './endpoint/endpoint-binding';
import { addGatewayResponses } from './gateway-responses';
import { ValidationError } from '../validation-error';

export interface GatewayApiProps extends AccountLoggingProps {
  readonly router: lambda.IFunction;
  readonly auth: ClientAuthBinding;
  readonly endpoint: GatewayEndpointBinding;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
  readonly accessLogRetention?: logs.RetentionDays;
  readonly removalPolicy?: RemovalPolicy;
  readonly stageName?: string;
  readonly tracing?: lambda.Tracing;
  readonly openHealth?: boolean;
}

const HEALTH = 'health';
/** Fifteen health checkers of Route 53 ask once in ten or thirty seconds each. */
const HEALTH_LIMITS = { throttlingRateLimit: 10, throttlingBurstLimit: 20 };

/** Every path goes to the router, and every answer streams. No compression: API Gateway cannot stream and compress. */
export function gatewayApi(scope: Construct, id: string, props: GatewayApiProps): apigateway.RestApi {
  const { auth, endpoint, removalPolicy = RemovalPolicy.DESTROY } = props;
  const logging = accountLogging(scope, props);
  const retention = props.accessLogRetention ?? logs.RetentionDays.THREE_MONTHS;
  const api = new apigateway.RestApi(scope, id, {
    ...endpoint.restApiProps,
    // Metrics go by this name.
    restApiName: Names.uniqueResourceName(scope, { maxLength: 64, separator: '-' }),
    description: 'Claude failover gateway',
    apiKeySourceType: auth.apiKeySourceType,
    // Files are uploaded in this form; as text they would be broken. JSON stays text, which is smaller than base64.
    binaryMediaTypes: ['multipart/form-data'],
    ...logging.api,
    deployOptions: {
      ...accessLog(scope, 'AccessLog', { retention, removalPolicy }),
      stageName: stageName(scope, props.stageName),
      tracingEnabled: (props.tracing ?? lambda.Tracing.ACTIVE) === lambda.Tracing.ACTIVE,
      throttlingRateLimit: props.rateLimit ?? 100,
      throttlingBurstLimit: props.burstLimit ?? 200,
      methodOptions: props.openHealth ? { [`/${HEALTH}/GET`]: HEALTH_LIMITS } : undefined,
    },
    defaultMethodOptions: auth.methodOptions,
    defaultIntegration: new apigateway.LambdaIntegration(props.router, {
      responseTransferMode: apigateway.ResponseTransferMode.STREAM,
      timeout: Duration.minutes(15),
      allowTestInvoke: false,
    }),
  });
  logging.attach(api);
  // It names an address that a custom domain turns off; the gateway has an output of its own.
  api.node.tryRemoveChild('Endpoint');
  api.root.addMethod('ANY');
  api.root.addProxy();
  if (props.openHealth) {
    const defaultMethodOptions = { authorizationType: apigateway.AuthorizationType.NONE, authorizer: undefined };
    const health = api.root.addResource(HEALTH, { defaultMethodOptions });
    health.addMethod('GET', undefined, { apiKeyRequired: false });
  }
  addGatewayResponses(api);
  forbidEdge(api);
  return api;
}

function stageName(scope: Construct, name: string | undefined): string | undefined {
  if (name === undefined || Token.isUnresolved(name) || /^[\w-]{1,128}$/.test(name)) return name;
  throw new ValidationError(scope, `'stageName' must be 1 to 128 letters, digits, '-' and '_', got '${name}'`);
}

/** No factory makes an Edge endpoint; an aspect or an escape hatch may. */
function forbidEdge(api: apigateway.RestApi): void {
  api.node.addValidation({
    validate: () => {
      const { endpointConfiguration } = api.node.defaultChild as apigateway.CfnRestApi;
      const endpoint: apigateway.CfnRestApi.EndpointConfigurationProperty | undefined =
        Stack.of(api).resolve(endpointConfiguration);
      if (!endpoint?.types?.includes(apigateway.EndpointType.EDGE)) return [];
      return [
        "the gateway's endpoint is EDGE, which ends a stream after 30 seconds of silence; " +
          'use REGIONAL or PRIVATE, and for an edge location a CloudFront distribution of your own',
      ];
    },
  });
}
