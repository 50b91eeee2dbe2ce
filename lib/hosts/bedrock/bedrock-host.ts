import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';
import { BedrockProfile } from './bedrock-profile';
import type { BedrockHostConfig } from '../../contract';
import type { BedrockHostProps } from './bedrock-host-props';
import { bedrockTarget } from './bedrock-target';
import { hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import { awsPlace, PROFILE_PLACES } from '../../catalog/places';
import { clientProfiles } from './client-profiles';
import { adviseOfProfiles, checkGeography, checkProfiles } from './bedrock-checks';

export function bedrockHostName({ region, profile }: BedrockHostProps): string {
  const known = Token.isUnresolved(region) ? undefined : region;
  return ['bedrock', known, profile === BedrockProfile.GLOBAL ? undefined : profile].filter(Boolean).join('-');
}

export const bedrockHost =
  (props: BedrockHostProps) =>
  (name: string): BindHost =>
  (scope, models, clients = []) => {
    const { account, region: stackRegion } = Stack.of(scope);
    const { region = stackRegion, profile = BedrockProfile.GLOBAL, door, inferenceProfiles = [] } = props;
    const base = hostBase(scope, name, props);
    checkGeography(scope, name, region, profile);
    checkProfiles(scope, name, region, inferenceProfiles, models);
    const ownProfiles = inferenceProfiles.map(({ model, profileArn }) => [models.find(model)?.id ?? model, profileArn]);
    const shared: BedrockHostConfig = {
      ...base,
      kind: 'bedrock',
      region,
      profile,
      door,
      ...(ownProfiles.length > 0 && { models: { ...Object.fromEntries(ownProfiles), ...base.models } }),
    };
    const targets = models.models.flatMap((model) => {
      const id = models.on(model.id, shared);
      return id === undefined ? [] : [{ model, ...bedrockTarget(scope, name, id, model, inferenceProfiles) }];
    });
    adviseOfProfiles(scope, shared, targets);
    const own = clients.length > 0 ? clientProfiles(scope, { host: name, region, clients, targets }) : undefined;
    const source = { partition: partitionOf(scope, region), account, regions: [region] };
    const profiles = targets.flatMap((target) => target.profile ?? []);
    return {
      config: { ...shared, ...(own && { clientModels: own.ids }) },
      // AWS as a whole is not one: the router itself runs there.
      failureDomains: [`aws:${region}`],
      places: [...new Set([awsPlace(region), ...profiles.map((each) => PROFILE_PLACES[each])])],
      keys: [],
      bedrock: targets.map(({ model, ...target }) => ({
        invoked: { ...source, target },
        counted: { ...source, target: { foundationModel: model.on.bedrock ?? target.foundationModel } },
      })),
      bedrockOfClients: own?.targets.map((target) => ({ ...source, target })),
    };
  };

/** As text where the region is known: a reference would be counted for far more than it takes when the role's policies are divided. */
export const partitionOf = (scope: Construct, region: string): string =>
  (Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition) ?? Stack.of(scope).partition;
