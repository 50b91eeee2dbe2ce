import { assumedRole } from '../../../lib/hosts/vertex/vertex-names';
import type { SimRequest } from '../requests/recorded-request';

/** Temporary credentials of a role, as AWS's Security Token Service knows them. */
export interface AwsSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default - any, or none */
  readonly sessionToken?: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string;
  /** @default false */
  readonly expired?: boolean;
}

/** What a host in AWS knows of its callers. */
export interface AwsSide {
  /** Whose signatures are good. */
  readonly sessions: readonly AwsSession[];
  /** How long a signature is good, before and after its time. @default - a quarter of an hour, as at AWS */
  readonly goodForMs?: number;
  /** What IAM says against the call, in its own words. @default - whoever is known may do everything */
  readonly refuses?: (session: AwsSession, request: SimRequest) => Promise<string | undefined>;
}

export const SIMULATED_ACCOUNT = '111122223333';
export const SIMULATED_ROLE = 'ClaudeFailover-router';

/** The keys that AWS's own documentation shows, as those of the router's role. */
export const SIMULATED_SESSION: AwsSession = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  arn: `${assumedRole(SIMULATED_ACCOUNT, SIMULATED_ROLE)}/router-function`,
};

export const SIMULATED_AWS: AwsSide = { sessions: [SIMULATED_SESSION] };
