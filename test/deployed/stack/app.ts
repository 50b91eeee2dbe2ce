import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { CfnWebFunctionRevision } from 'aws-cdk-lib/aws-lambda';
import { checkConfig } from '../../../bin/check-config';
import { GatewayStack } from '../../../bin/gateway-stack';
import type { ShapeConfig } from '../../../bin/shape-config';
import {
  ACCOUNT,
  ASSET_BUCKET,
  ENDPOINTS_ENV,
  REGION,
  SHAPE_ENV,
  type ShapeChange,
  testConfig,
  type Endpoints,
} from './test-config';

const endpoints = JSON.parse(process.env[ENDPOINTS_ENV] ?? '{}') as Endpoints;
const app = new App({
  // The emulator has no bootstrap stack, and needs none.
  defaultStackSynthesizer: new CliCredentialsStackSynthesizer({ fileAssetsBucketName: ASSET_BUCKET, bucketPrefix: '' }),
  analyticsReporting: false,
  // Else the CDK's CLI looks them up, and writes them down beside cdk.json.
  context: { [`availability-zones:account=${ACCOUNT}:region=${REGION}`]: [`${REGION}a`, `${REGION}b`] },
});
const { shape, entry } = JSON.parse(process.env[SHAPE_ENV] ?? '{}') as { shape?: ShapeConfig } & ShapeChange;
const stack = new GatewayStack(app, checkConfig({ ...testConfig(endpoints), shape }));
if (entry !== undefined) {
  const revision = stack.node.findAll().find((each) => each instanceof CfnWebFunctionRevision);
  revision?.addPropertyOverride('ServiceConfig.EnvironmentVariables.AWS_LAMBDA_NODEJS_ENTRYPOINT', entry);
}
