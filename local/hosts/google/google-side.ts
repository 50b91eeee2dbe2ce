import { assumedRole, audience } from '../../../lib/hosts/vertex/vertex-names';
import { SIMULATED_ACCOUNT, SIMULATED_ROLE, SIMULATED_SESSION, type AwsSession } from '../aws/aws-side';

/** A step of the Google side's set-up that was not done. */
export type GoogleGap =
  'sts-api' | 'iamcredentials-api' | 'aiplatform-api' | 'predict-role' | 'impersonation-role' | 'allowed-models';

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

/** Set up as it should be, for the router's role. */
export const SIMULATED_GOOGLE: GoogleSide = {
  audience: audience({ projectNumber: '123456789012' }),
  letsIn: [assumedRole(SIMULATED_ACCOUNT, SIMULATED_ROLE)],
  sessions: [SIMULATED_SESSION],
};
