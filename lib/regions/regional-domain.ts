import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import { Construct } from 'constructs';
import { regionalName } from '../contract';
import { accessModeOf, ANY_CLIENT, requireTls } from '../gateway/endpoint/tls';

interface RegionalDomainProps {
  readonly api: apigateway.RestApi;
  readonly name: string;
  readonly region: string;
  readonly zone: route53.IHostedZone;
}

/** The shared name and the region's own before one API, with one certificate for both. Its own address is turned off. */
export class RegionalDomain extends Construct {
  readonly shared: apigateway.DomainName;
  readonly own: apigateway.DomainName;

  constructor(scope: Construct, id: string, { api, name, region, zone }: RegionalDomainProps) {
    super(scope, id);
    const ownName = regionalName(name, region);
    const certificate = new acm.Certificate(this, 'Certificate', {
      domainName: name,
      subjectAlternativeNames: [ownName],
      validation: acm.CertificateValidation.fromDns(zone),
    });
    // Health checkers of Route 53 speak no TLS 1.3.
    requireTls(api, ANY_CLIENT);
    const domain = (id: string, domainName: string): apigateway.DomainName =>
      new apigateway.DomainName(this, id, {
        domainName,
        certificate,
        endpointType: apigateway.EndpointType.REGIONAL,
        securityPolicy: ANY_CLIENT,
        endpointAccessMode: accessModeOf(ANY_CLIENT),
        mapping: api,
      });
    this.shared = domain('Shared', name);
    this.own = domain('Own', ownName);
    (api.node.defaultChild as apigateway.CfnRestApi).disableExecuteApiEndpoint = true;
  }
}
