import { Construct } from 'constructs';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { FailoverAlarms } from '../../monitoring/alarms/failover-alarms';
import type { CanaryOptions } from '../../monitoring/canary/canary-options';
import type { ClientProps } from '../../router/client';
import type { FailoverRouter } from '../../router/failover-router';
import type { RouterShape, ShapeSettings } from '../../router/shape/router-shape';
import { ClientAuth } from '../auth/client-auth';
import { KeyDigests } from '../auth/key-digests';
import type { OwnClients } from '../auth/own-clients';
import { accessOf, type CanaryAccess } from '../canary-access';
import { WebFunctionRollout } from '../deployment/web-function-rollout';
import type { FailoverGatewayProps } from '../failover-gateway-props';
import type { GatewayDoor } from './door';
import { openBalancer } from './open-balancer';
import { openCdn } from './open-cdn';
import { checkShapeProps } from './shape-props';

type OwnShape = Exclude<ShapeSettings, { readonly kind: 'lambda' }>;

/** A router that clients reach without API Gateway: it has an address of its own, and knows them by the digests of their keys. */
export class OwnDoor implements GatewayDoor {
  readonly clients?: ClientProps[];
  readonly routerProps: GatewayDoor['routerProps'];
  readonly firstKeyId?: string;
  readonly canaryKeyId?: string;
  private readonly own: OwnClients;
  private readonly frontSecret?: secretsmanager.Secret;

  constructor(
    private readonly gateway: Construct,
    private readonly props: FailoverGatewayProps,
    shape: RouterShape,
    private readonly settings: OwnShape,
    canary: boolean,
  ) {
    const { auth = ClientAuth.apiKeys(), logRetention } = props;
    checkShapeProps(gateway, settings.kind, props);
    const scope = new Construct(gateway, 'Auth');
    this.own = auth._bindOwn(scope, { canary, logRetention });
    const { clients, probeKeyId, firstKeyId, canaryKeyId } = this.own;
    this.firstKeyId = firstKeyId;
    this.canaryKeyId = canaryKeyId;
    if (settings.kind === 'webFunction' && settings.props.cdn !== undefined) this.frontSecret = frontSecret(gateway);
    const keyIds = [...(clients ?? []).map(({ keyId }) => keyId), ...(probeKeyId === undefined ? [] : [probeKeyId])];
    const digests =
      keyIds.length > 0 || this.frontSecret ? new KeyDigests(scope, 'KeyDigests', { logRetention }) : undefined;
    const ofKeys = keyIds.length > 0 ? digests?.ofKeys(keyIds) : undefined;
    this.clients = clients?.map(({ keyId: _, ...client }, index) => ({ ...client, keySha256: ofKeys?.[index] }));
    this.routerProps = {
      shape,
      // The world can ask: it hears no names of hosts without a key.
      openHealth: true,
      keyIds,
      probeKeySha256: probeKeyId === undefined ? undefined : ofKeys?.at(-1),
      frontSecretSha256: this.frontSecret && digests?.ofSecret(this.frontSecret),
    };
  }

  access(options?: CanaryOptions): CanaryAccess | undefined {
    return accessOf(this.own, options);
  }

  deploy(router: FailoverRouter, alarms: FailoverAlarms): void {
    const { onWeb, onFargate } = router._runtime;
    const alarmNames = alarms._rollbackNames;
    onFargate?.rollBackOn(alarmNames);
    if (onWeb === undefined) return;
    new WebFunctionRollout(new Construct(this.gateway, 'Deployment'), 'Rollout', {
      router,
      web: onWeb,
      alarmNames,
      probeKeyId: this.own.probeKeyId,
      frontSecret: this.frontSecret,
      logRetention: this.props.logRetention,
    });
  }

  open(router: FailoverRouter): string {
    const { gateway, settings, frontSecret: secret } = this;
    const { onWeb, onFargate } = router._runtime;
    if (settings.kind === 'fargate') {
      const { loadBalancer } = onFargate!;
      this.props.firewall?._bind(new Construct(gateway, 'Firewall'), loadBalancer.loadBalancerArn);
      return openBalancer(gateway, settings.props, loadBalancer);
    }
    const { cdn } = settings.props;
    return cdn && secret ? openCdn(gateway, cdn, onWeb!.domainName, secret) : `https://${onWeb!.domainName}`;
  }
}

/** What CloudFront shows, so that the address behind it takes nobody else. */
const frontSecret = (gateway: Construct): secretsmanager.Secret =>
  new secretsmanager.Secret(gateway, 'FrontSecret', {
    description: 'What CloudFront sends to the failover router with every request; nobody else has to know it',
    generateSecretString: { passwordLength: 64, excludePunctuation: true },
  });
