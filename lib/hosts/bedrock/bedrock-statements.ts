import * as iam from 'aws-cdk-lib/aws-iam';
import type { BedrockProfile } from '../../contract';
import { destinationRegions } from '../../catalog/bedrock-geography';

/** From where Bedrock is called. */
export interface BedrockSource {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** What is called: a foundation model, through a profile or by itself. */
export interface BedrockTarget {
  /** Base id, such as `anthropic.claude-opus-5-5`. */
  readonly foundationModel: string;
  /** The system profile, or the one the application profile was copied from. Without it: on demand, in the source region. */
  readonly profile?: BedrockProfile;
  /** ARN of the application profile. */
  readonly applicationProfileArn?: string;
}

export interface InvokeStatement {
  readonly actions: string[];
  readonly resourceArns: string[];
  readonly conditions?: Record<string, Record<string, string>>;
}

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

export function systemProfileArn(
  { partition, account, region }: BedrockSource,
  profile: BedrockProfile,
  model: string,
) {
  return `arn:${partition}:bedrock:${region}:${account}:inference-profile/${profile}.${model}`;
}

/** Least privilege: models only through their profile, and in the regions that profile may route to. */
export function invokeStatements(source: BedrockSource, target: BedrockTarget): InvokeStatement[] {
  const { foundationModel, profile } = target;
  const models = (regions: readonly string[]): string[] => modelArns(source, regions, foundationModel);
  if (profile === undefined) return [{ actions: INVOKE, resourceArns: models([source.region]) }];

  const arn = target.applicationProfileArn ?? systemProfileArn(source, profile, foundationModel);
  const statement = (resourceArns: string[], equals: Record<string, string> = {}): InvokeStatement => ({
    actions: INVOKE,
    resourceArns,
    ...(Object.keys(equals).length > 0 && { conditions: { StringEquals: equals } }),
  });
  const throughProfile = { 'bedrock:InferenceProfileArn': arn };
  if (profile !== 'global') {
    return [statement([arn]), statement(models(destinationRegions(profile, source.region)), throughProfile)];
  }
  const here = { 'aws:RequestedRegion': source.region };
  return [
    statement([arn], here),
    statement(models([source.region]), { ...here, ...throughProfile }),
    // Wherever Bedrock sends it: an ARN without region, and a region that IAM calls unspecified.
    statement(models(['']), { 'aws:RequestedRegion': 'unspecified', ...throughProfile }),
  ];
}

/** Tokens are counted by the foundation model itself, in the source region: profiles are refused there. */
export function countTokensStatement(source: BedrockSource, foundationModel: string): InvokeStatement {
  return {
    actions: ['bedrock:CountTokens'],
    resourceArns: modelArns(source, [source.region], foundationModel),
  };
}

/** What must be allowed beside the profile itself to copy it; nothing is invoked by that. */
export function copiedModelArns(source: BedrockSource, profile: BedrockProfile, foundationModel: string): string[] {
  const regions = profile === 'global' ? ['*', ''] : destinationRegions(profile, source.region);
  return modelArns(source, regions, foundationModel);
}

function modelArns({ partition }: BedrockSource, regions: readonly string[], model: string): string[] {
  return regions.map((region) => `arn:${partition}:bedrock:${region}::foundation-model/${model}`);
}

/** Statements that differ in their resources only become one: a role's policies have a limit of size. */
export function grantStatements(grantee: iam.IGrantable, statements: readonly InvokeStatement[]): iam.Grant {
  const merged = new Map<string, InvokeStatement>();
  for (const { resourceArns, ...rest } of statements) {
    const key = JSON.stringify(rest);
    const before = merged.get(key)?.resourceArns ?? [];
    merged.set(key, { ...rest, resourceArns: [...before, ...resourceArns] });
  }
  return [...merged.values()]
    .map((statement) => iam.Grant.addToPrincipal({ ...statement, grantee }))
    .reduce((all, grant) => all.combine(grant));
}
