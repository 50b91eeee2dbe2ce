import type { Construct } from 'constructs';
import type { VertexHostProps } from '../../host-props';
import { checkForm, hostBase } from '../host-base';
import type { BindHost } from '../host-binding';
import { googlePlace } from '../places';

const POOL_ID = /^(?!gcp-)[a-z0-9-]{4,32}$/;
const POOL_ID_HELP = '4 to 32 lower case letters, digits and dashes, not beginning with gcp-';

/** The router's AWS role is the identity; both sides derive these names from the same values. */
export const vertexHost =
  (props: VertexHostProps) =>
  (name: string): BindHost =>
  (scope) => {
    const { projectId, projectNumber, location = 'global', serviceAccount } = props;
    const { poolId = 'claude-failover', providerId = 'aws-router' } = props;
    checkForms(scope, name, { projectId, projectNumber, location, poolId, providerId, serviceAccount });
    const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${poolId}`;
    return {
      config: {
        ...hostBase(scope, name, props),
        kind: 'vertex',
        project: projectId,
        location,
        federation: { audience: `//iam.googleapis.com/${pool}/providers/${providerId}`, serviceAccount },
      },
      failureDomains: ['google'],
      places: [googlePlace(location)],
      keys: [],
      // Google asks AWS who the role is; that call needs no permission.
      grantInvoke: () => undefined,
    };
  };

type Names = Required<Pick<VertexHostProps, 'projectId' | 'projectNumber' | 'location' | 'poolId' | 'providerId'>> & {
  readonly serviceAccount: string | undefined;
};

function checkForms(scope: Construct, name: string, names: Names): void {
  const check = (prop: keyof Names, form: RegExp, right: string): void => {
    const value = names[prop];
    if (value !== undefined) checkForm(scope, name, prop, value, form, right);
  };
  check(
    'projectId',
    /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    'the id of the Google Cloud project, such as my-project',
  );
  check(
    'projectNumber',
    /^\d+$/,
    'the number of the project, digits only; see: gcloud projects describe <id> --format="value(projectNumber)"',
  );
  check('location', /^[a-z]+(-[a-z]+\d+)?$/, 'global, us, eu or a region such as europe-west1');
  check('poolId', POOL_ID, POOL_ID_HELP);
  check('providerId', POOL_ID, POOL_ID_HELP);
  check('serviceAccount', /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/, 'the e-mail address of a service account');
}
