import { Arn, ArnFormat, Fn, Names, Stack, Token } from 'aws-cdk-lib';
import * as bedrock from 'aws-cdk-lib/aws-bedrock';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { BedrockProfile } from './bedrock-profile';
import { geographyProblem } from '../../catalog/bedrock-geography';
import {
  copiedModelArns,
  countTokensStatement,
  grantStatements,
  invokeStatements,
  systemProfileArn,
} from './bedrock-statements';
import { foundationModel } from './foundation-model';
import { RemoteInferenceProfile } from './remote-inference-profile';
import { ValidationError } from '../../validation-error';

/** An application inference profile: a model through a cross-region profile, with tags and metrics of its own. */
export interface IBedrockInferenceProfile extends IConstruct {
  /** ARN, which takes the place of a model id when Bedrock is called. */
  readonly profileArn: string;
  /** Last part of the ARN. */
  readonly profileId: string;
  /** Anthropic's id of the model. */
  readonly model: string;
  /** The cross-region profile it was copied from. */
  readonly profile: BedrockProfile;
  /** Source region: where it exists and is called. */
  readonly region: string;
  /** Allows invoking the model through this profile, and counting its tokens. */
  grantInvoke(grantee: iam.IGrantable): iam.Grant;
}

/** Properties of `BedrockInferenceProfile`. */
export interface BedrockInferenceProfileProps {
  /** Anthropic's id or alias of the model, such as `claude-opus-5-5`. */
  readonly model: string;
  /**
   * The cross-region profile it copies.
   * @default BedrockProfile.GLOBAL
   */
  readonly profile?: BedrockProfile;
  /**
   * Source region. Another one than the stack's is reached by a custom resource, so that one stack can have profiles everywhere.
   * @default - the stack's region
   */
  readonly region?: string;
  /**
   * Up to 64 letters, digits, and single `_`, `-` or spaces between them. A profile cannot be changed: with a name of
   * your own, a new model or profile needs a new name.
   * @default - generated
   */
  readonly name?: string;
  /**
   * Tags, for cost allocation.
   * @default - none
   */
  readonly tags?: { [key: string]: string };
  /** @default - none */
  readonly description?: string;
}

/** An application inference profile that exists already. */
export interface BedrockInferenceProfileAttributes {
  /** `arn:<partition>:bedrock:<region>:<account>:application-inference-profile/<id>`. */
  readonly profileArn: string;
  /** Anthropic's id or alias of the model. */
  readonly model: string;
  /**
   * The cross-region profile it was copied from; its permissions follow from that.
   * @default BedrockProfile.GLOBAL
   */
  readonly profile?: BedrockProfile;
}

abstract class InferenceProfileBase extends Construct implements IBedrockInferenceProfile {
  public abstract readonly profileArn: string;
  public abstract readonly profileId: string;
  public abstract readonly model: string;
  public abstract readonly profile: BedrockProfile;
  public abstract readonly region: string;

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    const { partition, account } = Stack.of(this);
    const { profile, profileArn: applicationProfileArn } = this;
    const target = { foundationModel: foundationModel(this, this.model), profile, applicationProfileArn };
    const use = { partition, account, regions: [this.region], target };
    return grantStatements(grantee, [...invokeStatements(use), countTokensStatement(use)]);
  }
}

const NAME = /^([0-9a-zA-Z:.][ _-]?)+$/;
const PROFILE_ARN = /^arn:[^:]+:bedrock:[^:]+:\d{12}:application-inference-profile\/\w+$/;

/** An application inference profile, copied from one of AWS's cross-region profiles. */
export class BedrockInferenceProfile extends InferenceProfileBase {
  /** A profile that exists already, in any region. */
  public static fromProfileArn(
    scope: Construct,
    id: string,
    attributes: BedrockInferenceProfileAttributes,
  ): IBedrockInferenceProfile {
    const { profileArn, model, profile = BedrockProfile.GLOBAL } = attributes;
    if (!Token.isUnresolved(profileArn) && !PROFILE_ARN.test(profileArn)) {
      throw new ValidationError(
        scope,
        `'profileArn' must be arn:<partition>:bedrock:<region>:<account>:application-inference-profile/<id>, got '${profileArn}'; ` +
          'list them with: aws bedrock list-inference-profiles --type-equals APPLICATION',
      );
    }
    foundationModel(scope, model);
    const { region, resourceName } = Arn.split(profileArn, ArnFormat.SLASH_RESOURCE_NAME);
    class Import extends InferenceProfileBase {
      public readonly profileArn = profileArn;
      public readonly profileId = resourceName ?? '';
      public readonly model = model;
      public readonly profile = profile;
      public readonly region = region ?? '';
    }
    return new Import(scope, id);
  }

  public readonly profileArn: string;
  public readonly profileId: string;
  public readonly model: string;
  public readonly profile: BedrockProfile;
  public readonly region: string;

  constructor(scope: Construct, id: string, props: BedrockInferenceProfileProps) {
    super(scope, id);
    const { partition, account, region: stackRegion } = Stack.of(this);
    const { model, profile = BedrockProfile.GLOBAL, region = stackRegion, name, tags = {}, description } = props;
    if (name !== undefined && !Token.isUnresolved(name) && (name.length > 64 || !NAME.test(name))) {
      throw new ValidationError(
        this,
        `'name' must be up to 64 letters, digits, and single '_', '-' or spaces between them, got '${name}'`,
      );
    }
    const problem = Token.isUnresolved(region) ? undefined : geographyProblem(region, profile);
    if (problem !== undefined) throw new ValidationError(this, `'profile': ${problem}`);

    this.model = model;
    this.profile = profile;
    this.region = region;
    const source = { partition, account, region };
    const base = foundationModel(this, model);
    const copyFrom = systemProfileArn(source, profile, base);
    if (region === stackRegion) {
      const resource = new bedrock.CfnApplicationInferenceProfile(this, 'Resource', {
        inferenceProfileName: name ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }),
        description,
        modelSource: { copyFrom },
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      });
      this.profileArn = resource.attrInferenceProfileArn;
      this.profileId = resource.attrInferenceProfileId;
    } else {
      const remote = new RemoteInferenceProfile(this, 'Remote', {
        source,
        copyFrom,
        modelArns: copiedModelArns(source, profile, base),
        name,
        tags,
        description,
      });
      this.profileArn = remote.profileArn;
      this.profileId = Fn.select(1, Fn.split('/', remote.profileArn));
    }
  }
}
