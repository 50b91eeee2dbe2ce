import { type Form, FORMS, VERTEX_LOCATION } from '../../contract';

const ID = /^(?!gcp-)[a-z0-9-]{4,32}$/;
const ID_HELP = '4 to 32 lower case letters, digits and dashes, not beginning with gcp-';

export type VertexForm =
  | 'projectId'
  | 'projectNumber'
  | 'location'
  | 'jobsBucket'
  | 'poolId'
  | 'providerId'
  | 'serviceAccount'
  | 'serviceAccountId'
  | 'predictRole'
  | 'account';

/** What a value of the Google side has to look like, and how to say so: for the AWS stack, its configuration and the Google side. */
export const VERTEX_FORMS: Readonly<Record<VertexForm, Form>> = {
  projectId: [
    /^([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    'the id of the Google Cloud project, such as my-project',
  ],
  projectNumber: [
    /^\d+$/,
    'the number of the project, digits only; see: gcloud projects describe <id> --format="value(projectNumber)"',
  ],
  location: [VERTEX_LOCATION, 'global, us, eu or a region such as europe-west1'],
  jobsBucket: [
    /^gs:\/\/[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$/,
    'a bucket of Cloud Storage, such as gs://my-batches, without a folder',
  ],
  poolId: [ID, ID_HELP],
  providerId: [ID, ID_HELP],
  serviceAccount: [/^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/, 'the e-mail address of a service account'],
  serviceAccountId: [
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    '6 to 30 lower case letters, digits and dashes, a letter first: the part of the e-mail address before the @',
  ],
  predictRole: [
    /^(roles|(projects|organizations)\/[^/\s]+\/roles)\/[\w.]+$/,
    'a role such as roles/aiplatform.user or projects/my-project/roles/predictor',
  ],
  account: FORMS.awsAccount,
};
