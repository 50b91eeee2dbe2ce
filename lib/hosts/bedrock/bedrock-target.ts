import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IBedrockInferenceProfile } from './bedrock-inference-profile';
import { BedrockProfile } from './bedrock-profile';
import type { Model } from '../../catalog/model';
import type { BedrockTarget } from './bedrock-statements';
import { ValidationError } from '../../validation-error';

const PREFIXES: readonly BedrockProfile[] = Object.values(BedrockProfile);

/** What an id on Bedrock stands for, so that the router is allowed that and nothing else. */
export function bedrockTarget(
  scope: Construct,
  host: string,
  id: string,
  model: Model,
  applicationProfiles: readonly IBedrockInferenceProfile[],
): BedrockTarget {
  const application = applicationProfiles.find(({ profileArn }) => profileArn === id);
  if (application !== undefined) {
    const foundationModel = model.on.bedrock ?? model.id;
    return { foundationModel, profile: application.profile, applicationProfileArn: id };
  }
  if (Token.isUnresolved(id) || id.startsWith('arn:')) {
    throw new ValidationError(
      scope,
      `host '${host}': 'modelIds' has an ARN for '${model.id}', which does not say what may be invoked through it; ` +
        "give an application profile by 'inferenceProfiles' (BedrockInferenceProfile.fromProfileArn), or the id of AWS's own profile",
    );
  }
  return withProfile(id);
}

/** A model by itself, or through the profile of AWS's that its id begins with. */
export function withProfile(id: string): BedrockTarget {
  const profile = PREFIXES.find((prefix) => id.startsWith(`${prefix}.`));
  return profile === undefined ? { foundationModel: id } : { foundationModel: id.slice(profile.length + 1), profile };
}
