import { createHash } from 'node:crypto';
import { CustomResource, Names, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
  PhysicalResourceIdReference,
} from 'aws-cdk-lib/custom-resources';
import { Construct } from 'constructs';
import type { BedrockSource } from './bedrock-statements';
import { ValidationError } from '../../validation-error';

export interface RemoteInferenceProfileProps {
  readonly source: BedrockSource;
  readonly copyFrom: string;
  /** The foundation model in every region it may route to. */
  readonly modelArns: readonly string[];
  readonly name?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly description?: string;
}

/** An application profile in another region than the stack's. CloudFormation's own resource cannot leave the region. */
export class RemoteInferenceProfile extends Construct {
  public readonly profileArn: string;

  constructor(scope: Construct, id: string, props: RemoteInferenceProfileProps) {
    super(scope, id);
    const { source, copyFrom, modelArns, description } = props;
    const { partition, account, region } = source;
    if (Token.isUnresolved(region)) {
      throw new ValidationError(this, "'region' must be known at synth, such as 'eu-west-1', or be left to the stack");
    }
    // A profile cannot be changed, only its tags can: whatever else differs makes it another resource.
    const fixed = Stack.of(this).resolve({ copyFrom, description, name: props.name });
    const hash = createHash('sha256').update(JSON.stringify(fixed)).digest('hex').slice(0, 8);
    const owner = Stack.of(this).stackId;
    const tags = Object.entries({ ...props.tags, [OWNER_TAG]: owner }).map(([key, value]) => ({ key, value }));
    const call = { service: '@aws-sdk/client-bedrock', region };
    const profiles = `arn:${partition}:bedrock:${region}:${account}:application-inference-profile/*`;
    const resource = new AwsCustomResource(this, `Profile${hash}`, {
      resourceType: 'Custom::BedrockInferenceProfile',
      onCreate: {
        ...call,
        action: 'CreateInferenceProfile',
        parameters: {
          inferenceProfileName:
            props.name ?? `${Names.uniqueResourceName(this, { maxLength: 55, separator: '-' })}-${hash}`,
          ...(description !== undefined && { description }),
          modelSource: { copyFrom },
          tags,
        },
        physicalResourceId: PhysicalResourceId.fromResponse('inferenceProfileArn'),
      },
      onUpdate: {
        ...call,
        action: 'TagResource',
        parameters: { resourceARN: new PhysicalResourceIdReference(), tags },
      },
      onDelete: {
        ...call,
        action: 'DeleteInferenceProfile',
        parameters: { inferenceProfileIdentifier: new PhysicalResourceIdReference() },
        ignoreErrorCodesMatching: 'ResourceNotFoundException',
      },
      installLatestAwsSdk: false,
      policy: AwsCustomResourcePolicy.fromStatements([
        new iam.PolicyStatement({
          actions: ['bedrock:CreateInferenceProfile'],
          resources: [profiles, copyFrom, ...modelArns],
          conditions: { StringEquals: { [`aws:RequestTag/${OWNER_TAG}`]: owner } },
        }),
        new iam.PolicyStatement({
          actions: ['bedrock:TagResource'],
          resources: [profiles],
          conditions: {
            StringEquals: { [`aws:RequestTag/${OWNER_TAG}`]: owner },
            // Profiles of earlier releases have no such tag yet.
            StringEqualsIfExists: { [`aws:ResourceTag/${OWNER_TAG}`]: owner },
          },
        }),
        new iam.PolicyStatement({
          actions: ['bedrock:DeleteInferenceProfile', 'bedrock:GetInferenceProfile'],
          resources: [profiles],
          conditions: { StringEquals: { [`aws:ResourceTag/${OWNER_TAG}`]: owner } },
        }),
      ]),
    });
    // The physical id, not a field of the answer: an update of the tags answers without the ARN.
    this.profileArn = referenceOf(resource);
  }
}

/** Its id is made when it is created, so that only a tag tells a profile of this stack from the account's others. */
const OWNER_TAG = 'cdk-claude-failover:stack';

function referenceOf(resource: AwsCustomResource): string {
  const child = resource.node.findChild('Resource');
  if (child instanceof CustomResource) return child.ref;
  throw new ValidationError(resource, 'this version of aws-cdk-lib has another AwsCustomResource; please report it');
}
