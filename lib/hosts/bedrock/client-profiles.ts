import { Construct } from 'constructs';
import type { Model } from '../../catalog/model';
import { BedrockInferenceProfile } from './bedrock-inference-profile';
import { BedrockProfile } from './bedrock-profile';
import type { BedrockTarget } from './bedrock-statements';

/** Tag by which Bedrock's bill is told apart. */
const CLIENT_TAG = 'claude-failover:client';

export interface ClientProfilesProps {
  readonly host: string;
  readonly region: string;
  readonly clients: readonly string[];
  readonly targets: readonly (BedrockTarget & { readonly model: Model })[];
}

export interface ClientProfiles {
  /** By client and model. */
  readonly ids: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly targets: readonly BedrockTarget[];
}

/** An application profile for each client and each model that is called through a cross-region profile. */
export function clientProfiles(scope: Construct, props: ClientProfilesProps): ClientProfiles {
  const { host, region, clients, targets } = props;
  const place = new Construct(childOf(scope, 'ClientProfiles'), host);
  const made = clients.flatMap((client) =>
    targets.flatMap(({ model, foundationModel, profile: copied }) => {
      const profile = PROFILES.find((each) => `${each}` === copied);
      if (profile === undefined) return [];
      const tags = { [CLIENT_TAG]: client };
      const parent = childOf(place, client);
      const { profileArn } = new BedrockInferenceProfile(parent, model.id, { model: model.id, profile, region, tags });
      return [{ client, model: model.id, target: { foundationModel, profile, applicationProfileArn: profileArn } }];
    }),
  );
  const idsOf = (of: string) =>
    made.filter(({ client }) => client === of).map(({ model, target }) => [model, target.applicationProfileArn]);
  return {
    ids: Object.fromEntries(clients.map((client) => [client, Object.fromEntries(idsOf(client))])),
    targets: made.map(({ target }) => target),
  };
}

const PROFILES = Object.values(BedrockProfile);
const childOf = (scope: Construct, id: string): Construct =>
  (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
