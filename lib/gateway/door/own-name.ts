import { CfnOutput } from 'aws-cdk-lib';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type { Construct } from 'constructs';

interface OwnName {
  readonly domainName: string;
  readonly hostedZone?: route53.IHostedZone;
}

/** The DNS record of a name of one's own, or the output that says where it has to point. The base URL for clients. */
export function ownName(
  scope: Construct,
  { domainName, hostedZone }: OwnName,
  target: { readonly alias: route53.IAliasRecordTarget; readonly name: string },
): string {
  if (hostedZone === undefined) {
    new CfnOutput(scope, 'DomainTarget', { description: `CNAME of ${domainName}`, value: target.name });
  } else {
    new route53.ARecord(scope, 'DomainRecord', {
      zone: hostedZone,
      // The dot at the end says that the name is complete.
      recordName: `${domainName}.`,
      target: route53.RecordTarget.fromAlias(target.alias),
    });
  }
  return `https://${domainName}`;
}
