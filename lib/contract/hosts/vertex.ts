import type { HostBase } from './host-config';
import type { ClaudeKindFacts } from './kind-facts';

/** Workload identity federation from the router's AWS role: no Google key is stored. */
export interface GoogleFederation {
  /** `//iam.googleapis.com/projects/<number>/locations/global/workloadIdentityPools/<pool>/providers/<provider>` */
  readonly audience: string;
  /** @default - direct resource access, no impersonation */
  readonly serviceAccount?: string;
  /** @default 'https://sts.googleapis.com/v1/token' */
  readonly tokenUrl?: string;
  /** @default 'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15' */
  readonly verificationUrl?: string;
  /** @default 'https://iamcredentials.googleapis.com' */
  readonly iamEndpoint?: string;
}

export interface VertexHostConfig extends HostBase {
  readonly kind: 'vertex';
  readonly project: string;
  /** `global`, `us`, `eu` or a region. */
  readonly location: string;
  /** @default - Google application default credentials */
  readonly federation?: GoogleFederation;
}

export const VERTEX_LOCATION = /^[a-z]+(-[a-z]+\d+)?$/;

export const vertexKind: ClaudeKindFacts<VertexHostConfig> = {
  modelId: 'id on Vertex AI',
  claudeId: ({ name, date }) => (date === undefined ? name : `${name}@${date}`),
  keepsRetired: true,
  isRegional: ({ location }) => location !== 'global',
};
