import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as codedeploy from 'aws-cdk-lib/aws-codedeploy';
import { Construct } from 'constructs';
import type { FailoverAlarms } from '../../monitoring/alarms/failover-alarms';
import type { CanaryOptions } from '../../monitoring/canary/canary-options';
import type { ClientProps } from '../../router/client';
import type { FailoverRouter } from '../../router/failover-router';
import { ClientAuth } from '../auth/client-auth';
import type { ClientAuthBinding } from '../auth/client-auth-binding';
import { accessOf, type CanaryAccess } from '../canary-access';
import { RouterDeployment } from '../deployment/router-deployment';
import type { GatewayEndpointBinding } from '../endpoint/endpoint-binding';
import { GatewayEndpoint } from '../endpoint/gateway-endpoint';
import type { FailoverGatewayProps } from '../failover-gateway-props';
import { gatewayApi } from '../rest-api';
import type { GatewayDoor } from './door';

/** API Gateway, with all that it does for clients: keys, plans, firewall, a private way in. */
export class ApiDoor implements GatewayDoor {
  readonly clients?: ClientProps[];
  readonly routerProps = {};
  readonly firstKeyId?: string;
  readonly canaryKeyId?: string;
  readonly isPrivate?: boolean;
  readonly needsClientCertificate?: boolean;
  api!: apigateway.RestApi;
  deploymentGroup!: codedeploy.LambdaDeploymentGroup;
  private readonly clientAuth: ClientAuth;
  private readonly gatewayEndpoint: GatewayEndpoint;
  private readonly authScope: Construct;
  private readonly auth: ClientAuthBinding;
  private readonly endpoint: GatewayEndpointBinding;

  constructor(
    private readonly gateway: Construct,
    private readonly props: FailoverGatewayProps,
    canary: boolean,
  ) {
    const { logRetention, tracing, architecture } = props;
    this.clientAuth = props.auth ?? ClientAuth.apiKeys();
    this.gatewayEndpoint = props.endpoint ?? GatewayEndpoint.public();
    this.authScope = new Construct(gateway, 'Auth');
    this.auth = this.clientAuth.bind(this.authScope, { canary, logRetention, tracing, architecture });
    this.endpoint = this.gatewayEndpoint.bind(gateway);
    this.clients = this.auth.clients;
    this.firstKeyId = this.auth.firstKeyId;
    this.canaryKeyId = this.auth.canaryKeyId;
    this.isPrivate = this.endpoint.isPrivate;
    this.needsClientCertificate = this.endpoint.needsClientCertificate;
  }

  access(options?: CanaryOptions): CanaryAccess | undefined {
    return accessOf(this.auth, options);
  }

  deploy(router: FailoverRouter, alarms: FailoverAlarms): void {
    const deployment = this.props.deployment ?? RouterDeployment.CANARY_10_PERCENT_5_MINUTES;
    this.deploymentGroup = deployment._bind(new Construct(this.gateway, 'Deployment'), router, alarms);
  }

  open(router: FailoverRouter): string {
    const { gateway, props, auth, endpoint } = this;
    this.api = gatewayApi(gateway, 'Api', {
      router: router.alias,
      auth,
      endpoint,
      rateLimit: props.throttlingRateLimit,
      burstLimit: props.throttlingBurstLimit,
      accessLogRetention: props.accessLogRetention,
      removalPolicy: props.removalPolicy,
      cloudWatchRole: props.cloudWatchRole,
      accessLogRole: props.accessLogRole,
      stageName: props.stageName,
      openHealth: props.openHealth,
      tracing: props.tracing,
    });
    this.clientAuth.attach(this.authScope, this.api);
    const url = this.gatewayEndpoint.attach(gateway, this.api);
    props.firewall?._bind(new Construct(gateway, 'Firewall'), this.api.deploymentStage.stageArn);
    return url;
  }
}
