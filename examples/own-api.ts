/** Only the router, behind an API that is there already. Answers stream if the integration does: STREAM, and 15 minutes. */
import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  ResponseTransferMode,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { FailoverRouter, Host, ProviderKey } from 'cdk-claude-failover';

export const app = new App();
const stack = new Stack(app, 'OwnApi', { env: { region: 'us-east-1' } });

const router = new FailoverRouter(stack, 'Router', {
  models: ['claude-sonnet-5-5', 'claude-haiku-5-5'],
  chain: [Host.anthropic({ keys: [new ProviderKey(stack, 'AnthropicKey')] }), Host.bedrock({ region: 'us-west-2' })],
});

const api = new RestApi(stack, 'Api', {
  endpointTypes: [EndpointType.REGIONAL],
  deployOptions: {
    accessLogDestination: new LogGroupLogDestination(new LogGroup(stack, 'AccessLog')),
    accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
    throttlingRateLimit: 100,
    throttlingBurstLimit: 200,
    tracingEnabled: true,
  },
});
api.root.addResource('claude').addProxy({
  defaultIntegration: new LambdaIntegration(router.alias, {
    responseTransferMode: ResponseTransferMode.STREAM,
    timeout: Duration.minutes(15),
    allowTestInvoke: false,
  }),
  defaultMethodOptions: { authorizationType: AuthorizationType.IAM },
});
