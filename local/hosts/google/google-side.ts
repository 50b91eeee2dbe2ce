import { assumedRole, audience } from '../../../lib/hosts/vertex/vertex-names';
import type { AwsSession } from './caller-identity';

/** A step of the Google side's set-up that was not done. */
export type GoogleGap = 'sts-api' | 'iamcredentials-api' | 'aiplatform-api' | 'predict-role' | 'impersonation-role';

/** What a Google Cloud project, and the AWS it asks, know of the router. */
export interface GoogleSide {
  /** Of the provider that there is in the project. */
  readonly audience: string;
  /** Roles that the provider lets in, without the session: `arn:aws:sts::<account>:assumed-role/<role>`. */
  readonly letsIn: readonly string[];
  /** Sessions whose signatures AWS confirms. */
  readonly sessions: readonly AwsSession[];
  /** @default - everything is set up */
  readonly missing?: readonly GoogleGap[];
}

const ACCOUNT = '111122223333';
const ROLE = 'ClaudeFailover-router';

/** Set up as it should be, for a router with the keys that AWS's own documentation shows. */
export const SIMULATED_GOOGLE: GoogleSide = {
  audience: audience({ projectNumber: '123456789012' }),
  letsIn: [assumedRole(ACCOUNT, ROLE)],
  sessions: [
    {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      arn: `${assumedRole(ACCOUNT, ROLE)}/router-function`,
    },
  ],
};
