import { Token } from 'aws-cdk-lib';
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

/** The same, called from every one of some regions. */
export interface BedrockUse {
  readonly partition: string;
  readonly account: string;
  readonly regions: readonly string[];
  readonly target: BedrockTarget;
}

export interface InvokeStatement {
  readonly actions: string[];
  readonly resourceArns: string[];
  /** Of the request; where the ARNs say it already, without. */
  readonly requestedRegions?: readonly string[];
  readonly through?: {
    /** What the profiles are or were copied from. */
    readonly profile: BedrockProfile;
    /** ARNs of the profiles, one a model; `*` stands for every region the profile itself is allowed in. */
    readonly arns: readonly string[];
  };
}

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

export function systemProfileArn(
  { partition, account, region }: BedrockSource,
  profile: BedrockProfile,
  model: string,
) {
  return `arn:${partition}:bedrock:${region}:${account}:inference-profile/${profile}.${model}`;
}

/** Of several regions: what their names begin with, and the condition that takes all others away again. One region needs neither. */
const narrowed = (regions: readonly string[]) =>
  regions.length === 1 ? { region: regions[0]! } : { region: `${commonStart(regions)}*`, requestedRegions: regions };

function commonStart([first = '', ...others]: readonly string[]): string {
  const differs = [...first].findIndex((letter, at) => others.some((other) => other[at] !== letter));
  // A region that is known at deployment only is a token, which may not be cut.
  return Token.isUnresolved(first) ? '' : first.slice(0, differs < 0 ? undefined : differs);
}

/** Least privilege: models only through their profile, and in the regions that profile may route to. */
export function invokeStatements(use: BedrockUse): InvokeStatement[] {
  const { regions, target } = use;
  const { foundationModel, profile } = target;
  const models = (places: readonly string[]): string[] => modelArns(use, places, foundationModel);
  const { region, requestedRegions } = narrowed(regions);
  if (profile === undefined) return [{ actions: INVOKE, resourceArns: models([region]), requestedRegions }];

  const profileArn = (place: string): string =>
    target.applicationProfileArn ?? systemProfileArn({ ...use, region: place }, profile, foundationModel);
  const through = { profile, arns: [profileArn(region)] };
  if (profile !== 'global') {
    const destinations = [...new Set(regions.flatMap((each) => destinationRegions(profile, each)))];
    // AWS judges such a request by the regions it may end in, so that a condition on the source could refuse it.
    return [
      { actions: INVOKE, resourceArns: regions.map(profileArn) },
      { actions: INVOKE, resourceArns: models(destinations), through },
    ];
  }
  return [
    { actions: INVOKE, resourceArns: [profileArn(region)], requestedRegions: regions },
    { actions: INVOKE, resourceArns: models([region]), requestedRegions: regions, through },
    // Wherever Bedrock sends it: an ARN without region, and a region that IAM calls unspecified.
    { actions: INVOKE, resourceArns: models(['']), requestedRegions: ['unspecified'], through },
  ];
}

/** Tokens are counted by the foundation model itself, in the source region: profiles are refused there. */
export function countTokensStatement(use: BedrockUse): InvokeStatement {
  const { region, requestedRegions } = narrowed(use.regions);
  return {
    actions: ['bedrock:CountTokens'],
    resourceArns: modelArns(use, [region], use.target.foundationModel),
    requestedRegions,
  };
}

/** What must be allowed beside the profile itself to copy it; nothing is invoked by that. */
export function copiedModelArns(source: BedrockSource, profile: BedrockProfile, foundationModel: string): string[] {
  const regions = profile === 'global' ? ['*', ''] : destinationRegions(profile, source.region);
  return modelArns(source, regions, foundationModel);
}

/** What a batch job of a model is made with: the profile, and the model wherever that leads. AWS documents no conditions for it. */
export function jobStatement(action: string, use: BedrockUse): InvokeStatement {
  const { regions, target } = use;
  const { foundationModel, profile, applicationProfileArn } = target;
  const arnsFrom = (region: string): string[] => {
    const source = { ...use, region };
    if (profile === undefined) return modelArns(use, [region], foundationModel);
    return [
      applicationProfileArn ?? systemProfileArn(source, profile, foundationModel),
      ...copiedModelArns(source, profile, foundationModel),
    ];
  };
  return { actions: [action], resourceArns: regions.flatMap(arnsFrom) };
}

function modelArns(
  { partition }: Pick<BedrockSource, 'partition'>,
  regions: readonly string[],
  model: string,
): string[] {
  return regions.map((region) => `arn:${partition}:bedrock:${region}::foundation-model/${model}`);
}

export function grantStatements(grantee: iam.IGrantable, statements: readonly InvokeStatement[]): iam.Grant {
  return statements
    .map(({ actions, resourceArns, requestedRegions, through }) => {
      const equals = {
        ...(requestedRegions && { 'aws:RequestedRegion': oneOrMany(requestedRegions) }),
        ...(through && !isWild(through.arns) && { 'bedrock:InferenceProfileArn': oneOrMany(through.arns) }),
      };
      const like = through && isWild(through.arns) && { 'bedrock:InferenceProfileArn': oneOrMany(through.arns) };
      const conditions = {
        ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
        ...(like && { StringLike: like }),
      };
      return iam.Grant.addToPrincipal({ grantee, actions, resourceArns, conditions });
    })
    .reduce((all, grant) => all.combine(grant));
}

const isWild = (arns: readonly string[]): boolean => arns.some((arn) => arn.includes('*'));
const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? values[0]! : values;
