/** Added to an app that has a VPC: the router runs in it, and only from it the gateway can be reached. */
import { App, Stack } from 'aws-cdk-lib';
import { InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ClientAuth, FailoverGateway, GatewayEndpoint, Host, ProviderKey } from 'cdk-claude-failover';

export const app = new App();

const network = new Stack(app, 'Network');
const vpc = new Vpc(network, 'Vpc', { maxAzs: 2, flowLogs: { All: {} } });
const apiEndpoint = vpc.addInterfaceEndpoint('ApiEndpoint', { service: InterfaceVpcEndpointAwsService.APIGATEWAY });

const stack = new Stack(app, 'Claude');
new FailoverGateway(stack, 'Gateway', {
  models: ['claude-opus-5-5', 'claude-sonnet-5-5'],
  chain: [
    Host.anthropic({ keys: [new ProviderKey(stack, 'AnthropicKey')] }),
    Host.bedrock({ region: 'us-east-1' }),
    Host.bedrock({ region: 'us-west-2' }),
  ],
  vpc,
  endpoint: GatewayEndpoint.private({ vpcEndpoints: [apiEndpoint] }),
  auth: ClientAuth.iam(),
  pageEmails: ['on-call@example.com'],
});
