import { App, CliCredentialsStackSynthesizer, type IBoundStackSynthesizer, type Stack } from 'aws-cdk-lib';
import { checkConfig } from '../../../bin/check-config';
import { gatewayStacks } from '../../../bin/regions/gateway-stacks';
import { PAIR_NAME, PAIR_REGIONS, ZONE } from '../regions/names';
import { ASSET_BUCKET, ENDPOINTS_ENV, testConfig, ZONE_ENV, type Endpoints } from './test-config';

const ASSETS = { fileAssetsBucketName: `${ASSET_BUCKET}-\${AWS::Region}`, bucketPrefix: '' };

/** One for each stack, as the CDK's own default is: a shared one would publish every asset in both regions. */
class OwnSynthesizers extends CliCredentialsStackSynthesizer {
  public override reusableBind(stack: Stack): IBoundStackSynthesizer {
    const own = new CliCredentialsStackSynthesizer(ASSETS);
    own.bind(stack);
    return own;
  }
}

const endpoints = JSON.parse(process.env[ENDPOINTS_ENV] ?? '{}') as Endpoints;
const { region: _, ...config } = testConfig(endpoints);
const app = new App({ defaultStackSynthesizer: new OwnSynthesizers(ASSETS), analyticsReporting: false });
gatewayStacks(
  app,
  checkConfig({
    ...config,
    regions: PAIR_REGIONS,
    domain: { name: PAIR_NAME, zone: ZONE, zoneId: process.env[ZONE_ENV] ?? 'Z1', checkSeconds: 10 },
  }),
);
