import { CfnOutput, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import { accessModeOf, ANY_CLIENT, checkTls, NEWEST_ONLY, requireTls } from './access/tls';
import type { EndpointBinding } from './endpoint-binding';
import { ValidationError } from '../validation-error';

/** What the client and API Gateway speak with each other. */
export interface PublicEndpointProps {
  /**
   * Versions and ciphers of TLS that are taken. Not one of Edge endpoints.
   * @default apigateway.SecurityPolicy.TLS13_1_2_PQ_2025_09 - TLS 1.2 and 1.3
   */
  readonly securityPolicy?: apigateway.SecurityPolicy;
}

/** A gateway that only a VPC can reach. */
export interface PrivateEndpointProps extends PublicEndpointProps {
  /** Interface endpoints for `execute-api`. Requests that come by any other way are refused. */
  readonly vpcEndpoints: ec2.IVpcEndpoint[];
}

/** A gateway under a name of one's own. */
export interface CustomDomainProps {
  /** Such as `claude.example.com`, in lower case. */
  readonly domainName: string;
  /** Certificate for that name, in the region of the stack. */
  readonly certificate: acm.ICertificate;
  /**
   * Zone that gets the DNS record.
   * @default - no record; the stack output `DomainTarget` says where a CNAME has to point
   */
  readonly hostedZone?: route53.IHostedZone;
  /**
   * Versions and ciphers of TLS that are taken, by the domain and by the API behind it. Not one of Edge endpoints.
   * @default apigateway.SecurityPolicy.TLS13_1_3_2025_09 - TLS 1.3 only
   */
  readonly securityPolicy?: apigateway.SecurityPolicy;
}

/**
 * Where clients reach the gateway. Always a Regional or a private endpoint: an Edge endpoint ends a stream after 30 seconds
 * of silence, a Regional one after five minutes.
 */
export abstract class GatewayEndpoint {
  /** API Gateway's own address, reachable from the internet. */
  public static public(props: PublicEndpointProps = {}): GatewayEndpoint {
    return new PublicEndpoint(props);
  }

  /** Reachable only through the given VPC endpoints, by API Gateway's own address and private DNS. */
  public static private(props: PrivateEndpointProps): GatewayEndpoint {
    return new PrivateEndpoint(props);
  }

  /** A name of one's own, by default TLS 1.3 only; API Gateway's own address is turned off. */
  public static customDomain(props: CustomDomainProps): GatewayEndpoint {
    return new CustomDomain(props);
  }

  /** @internal */
  public abstract _bind(scope: Construct): EndpointBinding;
}

class PublicEndpoint extends GatewayEndpoint {
  constructor(private readonly props: PublicEndpointProps) {
    super();
  }

  public override _bind(scope: Construct): EndpointBinding {
    const { securityPolicy = ANY_CLIENT } = this.props;
    checkTls(scope, securityPolicy);
    return {
      api: { endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] } },
      attach: (api) => {
        requireTls(api, securityPolicy);
        return executeApiUrl(api);
      },
    };
  }
}

class PrivateEndpoint extends GatewayEndpoint {
  constructor(private readonly props: PrivateEndpointProps) {
    super();
  }

  public override _bind(scope: Construct): EndpointBinding {
    const { vpcEndpoints, securityPolicy = ANY_CLIENT } = this.props;
    checkTls(scope, securityPolicy);
    if (vpcEndpoints.length === 0) {
      throw new ValidationError(
        scope,
        "'vpcEndpoints' of GatewayEndpoint.private() is empty, so that nobody could reach the gateway; " +
          'give at least one interface endpoint for execute-api',
      );
    }
    return {
      api: { endpointConfiguration: { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints } },
      isPrivate: true,
      attach: (api) => {
        requireTls(api, securityPolicy);
        api.grantInvokeFromVpcEndpointsOnly(vpcEndpoints);
        return executeApiUrl(api);
      },
    };
  }
}

class CustomDomain extends GatewayEndpoint {
  constructor(private readonly props: CustomDomainProps) {
    super();
  }

  public override _bind(scope: Construct): EndpointBinding {
    const { domainName, certificate, securityPolicy = NEWEST_ONLY } = this.props;
    checkTls(scope, securityPolicy);
    if (!Token.isUnresolved(domainName) && !DOMAIN_NAME.test(domainName)) {
      throw new ValidationError(
        scope,
        `'domainName' of GatewayEndpoint.customDomain() is '${domainName}'; ` +
          'give a host name in lower case without scheme or path, such as claude.example.com',
      );
    }
    return {
      api: {
        endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
        disableExecuteApiEndpoint: true,
        domainName: {
          domainName,
          certificate,
          endpointType: apigateway.EndpointType.REGIONAL,
          securityPolicy,
          endpointAccessMode: accessModeOf(securityPolicy),
        },
      },
      attach: (api) => {
        requireTls(api, securityPolicy);
        this.publish(scope, api.domainName!);
        return `https://${domainName}`;
      },
    };
  }

  private publish(scope: Construct, domain: apigateway.DomainName): void {
    const { domainName, hostedZone } = this.props;
    if (hostedZone === undefined) {
      new CfnOutput(scope, 'DomainTarget', {
        description: `CNAME of ${domainName}`,
        value: domain.domainNameAliasDomainName,
      });
      return;
    }
    new route53.ARecord(scope, 'DomainRecord', {
      zone: hostedZone,
      // The dot at the end says that the name is complete.
      recordName: `${domainName}.`,
      target: route53.RecordTarget.fromAlias(new targets.ApiGatewayDomain(domain)),
    });
  }
}

const DOMAIN_NAME = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;

/** `api.url` ends in a slash, which clients would double. */
function executeApiUrl(api: apigateway.RestApi): string {
  const { region, urlSuffix } = Stack.of(api);
  return `https://${api.restApiId}.execute-api.${region}.${urlSuffix}/${api.deploymentStage.stageName}`;
}
