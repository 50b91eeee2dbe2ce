import { App, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import { grantHosts } from '../../../lib/hosts/grant-hosts';
import type { Host } from '../../../lib/hosts/host';
import { bindHosts, type BoundHosts, type HostsToBind } from '../../../lib/router/chain/bind-hosts';
import { ProviderKey } from '../../../lib/hosts/provider-key';

export const ACCOUNT = '111122223333';

/** A stack, a role as the router has one, and hosts bound to it. */
export class HostStack extends Stack {
  readonly role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });

  constructor(props: StackProps = { env: { account: ACCOUNT, region: 'us-east-1' } }) {
    super(new App(), 'Stack', props);
  }

  key(id = 'Key'): ProviderKey {
    return new ProviderKey(this, id, { rotationReminder: Duration.days(30) });
  }

  bind(chain: readonly Host[], props: Partial<HostsToBind> = {}): BoundHosts {
    const bound = bindHosts(this, { chains: [{ at: 'chain', hosts: chain }], models: ['claude-opus-5-5'], ...props });
    grantHosts(bound.hosts, this.role);
    return bound;
  }

  /** What the role may do, with the partition filled in. */
  statements(): readonly object[] {
    const policies = Template.fromStack(this).findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^Role') }] },
    });
    const all = Object.values(policies).flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    return all.map((statement) => JSON.parse(joined(JSON.stringify(statement))));
  }

  warnings(id: string): readonly unknown[] {
    const found = Annotations.fromStack(this).findWarning('*', Match.stringLikeRegexp(`cdk-claude-failover:${id}`));
    return found.map(({ entry }) => entry.data);
  }
}

/** `Fn::Join` around the partition, put together. */
function joined(json: string): string {
  return json.replaceAll(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},"([^"]*)"\]\]\}/g, '"arn:aws$1"');
}
