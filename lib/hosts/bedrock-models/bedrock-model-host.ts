import { Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { awsPlace, PROFILE_PLACES } from '../../catalog/places';
import { checkGeography } from '../bedrock/bedrock-checks';
import { partitionOf } from '../bedrock/bedrock-host';
import type { BedrockTarget } from '../bedrock/bedrock-statements';
import { withProfile } from '../bedrock/bedrock-target';
import { checkForm } from '../host-base';
import type { BindHost } from '../host-binding';
import { otherHostBase } from '../other-host-base';
import type { BedrockModelHostProps } from './bedrock-model-host-props';
import { FORMS } from '../../contract';

export const bedrockModelHostName = ({ region }: BedrockModelHostProps): string =>
  region === undefined || Token.isUnresolved(region) ? 'bedrock-models' : `bedrock-models-${region}`;

/** The router may invoke the models that last resorts ask for, and no others. */
export const bedrockModelHost =
  (props: BedrockModelHostProps) =>
  (name: string): BindHost =>
  (scope, _models, _clients, others = []) => {
    const { account, region: stackRegion } = Stack.of(scope);
    const { region = stackRegion } = props;
    if (!Token.isUnresolved(region)) checkForm(scope, name, 'region', region, ...FORMS.awsRegion);
    const targets = others.map((id) => target(scope, name, region, id));
    const source = { partition: partitionOf(scope, region), account, regions: [region] };
    const profiles = targets.flatMap(({ profile }) => profile ?? []);
    return {
      config: { ...otherHostBase(scope, name, props), kind: 'bedrock-models', region },
      failureDomains: [`aws:${region}`],
      places: [...new Set([awsPlace(region), ...profiles.map((each) => PROFILE_PLACES[each])])],
      keys: [],
      bedrock: targets.map((each) => ({ invoked: { ...source, target: each } })),
    };
  };

/** An ARN does not say what would have to be allowed, and a wildcard would allow more than was asked for. */
function target(scope: Construct, host: string, region: string, id: string): BedrockTarget {
  const right = "Bedrock's id of a model or of a system profile, such as us.meta.llama4-maverick-17b-instruct-v1:0";
  checkForm(scope, host, 'model', id, /^[a-z0-9][a-zA-Z0-9-]*\.[a-zA-Z0-9.:-]+$/, right);
  const found = withProfile(id);
  if (found.profile !== undefined) checkGeography(scope, host, region, found.profile);
  return found;
}
