import { App, CliCredentialsStackSynthesizer } from 'aws-cdk-lib';
import { checkConfig } from '../../../bin/check-config';
import { GatewayStack } from '../../../bin/gateway-stack';
import { ASSET_BUCKET, ENDPOINTS_ENV, QUEUE_STACK, testConfig, type Endpoints } from './test-config';

const endpoints = JSON.parse(process.env[ENDPOINTS_ENV] ?? '{}') as Endpoints;
const app = new App({
  defaultStackSynthesizer: new CliCredentialsStackSynthesizer({ fileAssetsBucketName: ASSET_BUCKET, bucketPrefix: '' }),
  analyticsReporting: false,
});
// Kept, because the emulator runs no function that empties a bucket.
const config = {
  ...testConfig(endpoints),
  stackName: QUEUE_STACK,
  queue: {},
  // Only what asks for it: what waits is asked for each time.
  cache: { ttlSeconds: 600, onRequest: true },
  batches: { fullPriceUsdPerDay: 100, canary: true },
  onDestroy: 'retain',
  canary: false,
};
new GatewayStack(app, checkConfig(config));
