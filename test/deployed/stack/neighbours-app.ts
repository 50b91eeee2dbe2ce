import { App, CliCredentialsStackSynthesizer, Stack, Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { FailoverGateway, Host, ProviderKey } from '../../../lib';
import { ACCOUNT, ASSET_BUCKET, MODEL, REGION, STACK_NAME_ENV } from './test-config';

const env = { account: ACCOUNT, region: REGION };

/** As many gateways as names, each with all that belongs to one. */
class Gateways extends Stack {
  constructor(scope: Construct, id: string, names: readonly string[], stackName?: string) {
    // One each: an instance writes what all of its stacks have into one place.
    const synthesizer = new CliCredentialsStackSynthesizer({ fileAssetsBucketName: ASSET_BUCKET, bucketPrefix: '' });
    super(scope, id, { env, stackName, synthesizer });
    for (const name of names) {
      const keys = [new ProviderKey(this, `${name}Key`)];
      new FailoverGateway(this, name, { chain: [Host.anthropic({ keys })], models: [MODEL], pageEmails: [] });
    }
  }
}

const app = new App({ analyticsReporting: false });
new Gateways(app, 'Service', ['Gateway'], process.env[STACK_NAME_ENV]);
new Gateways(app, 'Pair', ['One', 'Two']);
new Gateways(new Stage(app, 'Prod'), 'Service', ['Gateway']);
