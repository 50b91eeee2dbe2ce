import type { FailoverAlarms } from '../../monitoring/alarms/failover-alarms';
import type { ClientProps } from '../../router/client';
import type { FailoverRouter } from '../../router/failover-router';
import type { ShapedRouterProps } from '../../router/shape/shaped-router-props';
import type { CanaryAccess } from '../canary-access';
import type { FailoverGatewayProps } from '../failover-gateway-props';

/** What stands before a router: made in three steps, because clients come before the router, and the address after it. */
export interface GatewayDoor {
  /** Whom the router is to know. @default - whoever gets in */
  readonly clients?: ClientProps[];
  /** What else it is told. */
  readonly routerProps: Pick<
    ShapedRouterProps,
    'shape' | 'openHealth' | 'keyIds' | 'frontSecretSha256' | 'probeKeySha256'
  >;
  readonly firstKeyId?: string;
  readonly canaryKeyId?: string;
  /** @default false */
  readonly isPrivate?: boolean;
  /** @default false */
  readonly needsClientCertificate?: boolean;
  /** How the canaries get in; undefined where there is no way. */
  access(options: FailoverGatewayProps['canary']): CanaryAccess | undefined;
  /** How a new version takes the traffic. */
  deploy(router: FailoverRouter, alarms: FailoverAlarms): void;
  /** The base URL for clients. */
  open(router: FailoverRouter): string;
}
