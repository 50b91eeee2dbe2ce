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
  target: { readonly alias: route53.IAliasRecordTarget; readonly name: string; readonly hasIpv6?: boolean },
): string {
  if (hostedZone === undefined) {
    new CfnOutput(scope, 'DomainTarget', { description: `CNAME of ${domainName}`, value: target.name });
  } else {
    // The dot at the end says that the name is complete.
    const record = { zone: hostedZone, recordName: `${domainName}.` };
    const alias = route53.RecordTarget.fromAlias(target.alias);
    new route53.ARecord(scope, 'DomainRecord', { ...record, target: alias });
    if (target.hasIpv6) new route53.AaaaRecord(scope, 'DomainRecordIpv6', { ...record, target: alias });
  }
  return `https://${domainName}`;
}
