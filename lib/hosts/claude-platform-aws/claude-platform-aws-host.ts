import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { ClaudePlatformAwsHostProps } from './claude-platform-aws-host-props';
import { checkForm, hostBase } from '../host-base';
import type { BindHost } from '../host-binding';

const ACTIONS = ['aws-external-anthropic:CreateInference', 'aws-external-anthropic:CountTokens'];

export const claudePlatformAwsHost =
  (props: ClaudePlatformAwsHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { partition, account, region: stackRegion } = Stack.of(scope);
    const { workspaceId, region = stackRegion } = props;
    checkForm(scope, name, 'workspaceId', workspaceId, /^wrkspc_\w+$/, 'the id of the workspace, wrkspc_...');
    const workspaceArn = `arn:${partition}:aws-external-anthropic:${region}:${account}:workspace/${workspaceId}`;
    return {
      config: { ...hostBase(scope, name, props), kind: 'claude-platform-aws', region, workspaceId },
      failureDomains: ['anthropic', `aws:${region}`],
      places: ['anywhere'],
      keys: [],
      grantInvoke: (grantee) => {
        iam.Grant.addToPrincipal({ grantee, actions: ACTIONS, resourceArns: [workspaceArn] });
      },
    };
  };
