import { Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import * as targets from 'aws-cdk-lib/aws-route53-targets';
import type { Construct } from 'constructs';
import type { GatewayEndpointBinding } from './endpoint-binding';
import { executeApiUrl } from './execute-api-url';
import { accessModeOf, ANY_CLIENT, checkTls, NEWEST_ONLY, requireTls, WITH_CLIENT_CERTIFICATES } from './tls';
import { DOMAIN_NAME } from '../../contract/domain-name';
import { ownName } from '../own-name';
import { ValidationError } from '../../validation-error';

/** A gateway that everybody can reach. */
export interface PublicEndpointProps {
  /**
   * Whether it has IPv6 addresses besides those of IPv4.
   * @default apigateway.IpAddressType.IPV4
   */
  readonly ipAddressType?: apigateway.IpAddressType;
  /**
   * Versions and ciphers of TLS that are taken. Not one of Edge endpoints.
   * @default apigateway.SecurityPolicy.TLS13_1_2_PQ_2025_09 - TLS 1.2 and 1.3
   */
  readonly securityPolicy?: apigateway.SecurityPolicy;
}

/** A gateway that only a VPC can reach. */
export interface PrivateEndpointProps {
  /** Interface endpoints for `execute-api`. Requests that come by any other way are refused. */
  readonly vpcEndpoints: ec2.IVpcEndpoint[];
  /**
   * Versions and ciphers of TLS that are taken. Not one of Edge endpoints.
   * @default apigateway.SecurityPolicy.TLS13_1_2_PQ_2025_09 - TLS 1.2 and 1.3
   */
  readonly securityPolicy?: apigateway.SecurityPolicy;
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
   * Whether the name has IPv6 addresses besides those of IPv4; a hosted zone then gets an AAAA record too.
   * @default apigateway.IpAddressType.IPV4
   */
  readonly ipAddressType?: apigateway.IpAddressType;
  /**
   * Authorities whose certificates clients have to show (mutual TLS). API Gateway has that with its older policies only, so that
   * TLS 1.2 is taken too. The gateway's own canaries have no certificate: they ask the hosts, not the endpoint.
   * @default - clients show no certificate
   */
  readonly mtls?: apigateway.MTLSConfig;
  /**
   * Versions and ciphers of TLS that are taken, by the domain and by the API behind it. Not one of Edge endpoints.
   * @default apigateway.SecurityPolicy.TLS13_1_3_2025_09 - TLS 1.3 only; TLS_1_2, which is also 1.3, together with `mtls`
   */
  readonly securityPolicy?: apigateway.SecurityPolicy;
}

/**
 * Where clients reach the gateway: one of the factories, or a class of one's own that says in `bind` what the API is to be. Always
 * a Regional or a private endpoint: an Edge endpoint ends a stream after 30 seconds of silence, a Regional one after five minutes.
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

  /** A name of one's own, by default TLS 1.3 only unless clients show certificates; API Gateway's own address is turned off. */
  public static customDomain(props: CustomDomainProps): GatewayEndpoint {
    return new CustomDomain(props);
  }

  /**
   * Says what the API is to be. Called once for each gateway, before there is an API.
   * @param scope the gateway
   */
  public abstract bind(scope: Construct): GatewayEndpointBinding;

  /**
   * Adds what needs the API, such as DNS records, and gives the base URL for clients, without a slash at its end: API Gateway's own
   * address, where a class of one's own does not say otherwise.
   * @param _scope the gateway
   * @param api the gateway's API, complete
   */
  public attach(_scope: Construct, api: apigateway.RestApi): string {
    return executeApiUrl(api, api.restApiId, api.deploymentStage.stageName);
  }
}

class PublicEndpoint extends GatewayEndpoint {
  constructor(private readonly props: PublicEndpointProps) {
    super();
  }

  public override bind(scope: Construct): GatewayEndpointBinding {
    checkTls(scope, this.props);
    return { restApiProps: { endpointConfiguration: regional(this.props) } };
  }

  public override attach(scope: Construct, api: apigateway.RestApi): string {
    requireTls(api, this.props.securityPolicy ?? ANY_CLIENT);
    return super.attach(scope, api);
  }
}

class PrivateEndpoint extends GatewayEndpoint {
  constructor(private readonly props: PrivateEndpointProps) {
    super();
  }

  public override bind(scope: Construct): GatewayEndpointBinding {
    const { vpcEndpoints } = this.props;
    checkTls(scope, this.props);
    if (vpcEndpoints.length === 0) {
      throw new ValidationError(
        scope,
        "'vpcEndpoints' of GatewayEndpoint.private() is empty, so that nobody could reach the gateway; " +
          'give at least one interface endpoint for execute-api',
      );
    }
    // Without an address type: API Gateway takes none but dual stack here, and that by itself.
    const endpointConfiguration = { types: [apigateway.EndpointType.PRIVATE], vpcEndpoints };
    return { restApiProps: { endpointConfiguration }, isPrivate: true };
  }

  public override attach(scope: Construct, api: apigateway.RestApi): string {
    requireTls(api, this.props.securityPolicy ?? ANY_CLIENT);
    api.grantInvokeFromVpcEndpointsOnly(this.props.vpcEndpoints);
    return super.attach(scope, api);
  }
}

class CustomDomain extends GatewayEndpoint {
  constructor(private readonly props: CustomDomainProps) {
    super();
  }

  public override bind(scope: Construct): GatewayEndpointBinding {
    const { domainName, certificate, mtls } = this.props;
    checkTls(scope, this.props);
    if (!Token.isUnresolved(domainName) && !DOMAIN_NAME.test(domainName)) {
      throw new ValidationError(
        scope,
        `'domainName' of GatewayEndpoint.customDomain() is '${domainName}'; ` +
          'give a host name in lower case without scheme or path, such as claude.example.com',
      );
    }
    return {
      restApiProps: {
        endpointConfiguration: regional(this.props),
        disableExecuteApiEndpoint: true,
        domainName: {
          domainName,
          certificate,
          endpointType: apigateway.EndpointType.REGIONAL,
          securityPolicy: this.policy,
          endpointAccessMode: accessModeOf(this.policy),
          mtls,
        },
      },
      needsClientCertificate: mtls !== undefined,
    };
  }

  public override attach(scope: Construct, api: apigateway.RestApi): string {
    const { ipAddressType } = this.props;
    const domain = api.domainName!;
    requireTls(api, this.policy);
    if (ipAddressType !== undefined) {
      // The CDK's own props do not know it.
      const resource = domain.node.defaultChild as apigateway.CfnDomainName;
      resource.addPropertyOverride('EndpointConfiguration.IpAddressType', ipAddressType);
    }
    return ownName(scope, this.props, {
      alias: new targets.ApiGatewayDomain(domain),
      name: domain.domainNameAliasDomainName,
      hasIpv6: ipAddressType === apigateway.IpAddressType.DUAL_STACK,
    });
  }

  private get policy(): apigateway.SecurityPolicy {
    return this.props.securityPolicy ?? (this.props.mtls === undefined ? NEWEST_ONLY : WITH_CLIENT_CERTIFICATES);
  }
}

const regional = ({ ipAddressType }: PublicEndpointProps): apigateway.EndpointConfiguration => ({
  types: [apigateway.EndpointType.REGIONAL],
  ipAddressType,
});
