import { Annotations, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { IBedrockInferenceProfile } from './bedrock-inference-profile';
import { type BedrockHostConfig, type BedrockProfile, FORMS } from '../../contract';
import { geographyProblem } from '../../catalog/bedrock-geography';
import type { Model } from '../../catalog/model';
import type { ModelCatalog } from '../../catalog/resolve';
import type { BedrockTarget } from './bedrock-statements';
import { checkForm } from '../host-base';
import { ValidationError } from '../../validation-error';

export function checkGeography(scope: Construct, name: string, region: string, profile: BedrockProfile): void {
  if (Token.isUnresolved(region)) return;
  checkForm(scope, name, 'region', region, ...FORMS.awsRegion);
  const problem = geographyProblem(region, profile);
  if (problem !== undefined) throw new ValidationError(scope, `host '${name}': 'profile': ${problem}`);
}

export function checkProfiles(
  scope: Construct,
  name: string,
  region: string,
  profiles: readonly IBedrockInferenceProfile[],
  models: ModelCatalog,
): void {
  for (const [index, profile] of profiles.entries()) {
    const at = `host '${name}': 'inferenceProfiles[${index}]'`;
    if (models.find(profile.model) === undefined) {
      const known = models.models.map(({ id }) => id).join(', ');
      throw new ValidationError(
        scope,
        `${at}: is for '${profile.model}', which is not one of the router's models; they are ${known}`,
      );
    }
    const known = !Token.isUnresolved(profile.region) && !Token.isUnresolved(region);
    if (known && profile.region !== region) {
      throw new ValidationError(
        scope,
        `${at}: exists in '${profile.region}' and cannot be called from '${region}'; ` +
          `create one with region: '${region}', or give it to a host in '${profile.region}'`,
      );
    }
  }
}

/** AWS adds profiles without notice, so that one nobody has seen is worth a word and never an error. */
export function adviseOfProfiles(
  scope: Construct,
  { name, region }: BedrockHostConfig,
  targets: readonly (BedrockTarget & { readonly model: Model })[],
): void {
  for (const { model, profile } of targets) {
    const seen = model.bedrockProfiles;
    if (profile === undefined || seen.length === 0 || seen.includes(profile)) continue;
    const where = Token.isUnresolved(region) ? '' : ` --region ${region}`;
    Annotations.of(scope).addWarningV2(
      'cdk-claude-failover:unconfirmedProfile',
      `host '${name}': whether '${model.id}' has the profile '${profile}' is not known, only that it has ${seen.join(', ')}; ` +
        `check with: aws bedrock list-inference-profiles${where}`,
    );
  }
}
