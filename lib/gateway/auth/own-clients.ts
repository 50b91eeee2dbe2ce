import type { ClientProps } from '../../router/client';
import type { CanaryAuth } from './client-auth-binding';

/** A client, and API Gateway's id of the key that it shows. */
export interface KeyedClient extends Pick<ClientProps, 'name' | 'may' | 'limits' | 'policy' | 'spend' | 'operator'> {
  readonly keyId: string;
}

/** Whom a router knows by itself, where there is no API Gateway before it. */
export interface OwnClients {
  /** @default - anybody */
  readonly clients?: readonly KeyedClient[];
  /** Of the key by which a deployment looks at a new version. @default - it needs none */
  readonly probeKeyId?: string;
  readonly firstKeyId?: string;
  readonly canaryAuth?: CanaryAuth;
  readonly canaryKeyId?: string;
}
