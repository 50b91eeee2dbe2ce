import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { checkConfig } from '../../../bin/check-config';
import { GatewayStack } from '../../../bin/gateway-stack';
import { ASSET_BUCKET, AUDITED, BREAK_GLASS, ENDPOINTS_ENV, testConfig, type Endpoints } from './test-config';

const endpoints = JSON.parse(process.env[ENDPOINTS_ENV] ?? '{}') as Endpoints;
const app = new App({
  defaultStackSynthesizer: new CliCredentialsStackSynthesizer({ fileAssetsBucketName: ASSET_BUCKET, bucketPrefix: '' }),
  analyticsReporting: false,
});
new GatewayStack(
  app,
  checkConfig({
    ...testConfig(endpoints),
    stackName: AUDITED,
    canary: false,
    audit: { contents: { days: 7 }, breakGlassRoleArn: BREAK_GLASS },
  }),
);
