import type { GoogleProject } from '../hosts/vertex/google-project';
import type { VertexPlace } from '../catalog/vertex-regions';
import type { Residency } from '../router/residency';

export interface VertexAccessProps extends GoogleProject {
  /** The AWS account whose roles are let in, a string of 12 digits. */
  readonly account: string;
  /** Names of the roles in it that are let in, without a path: the router's `roleName`, and the canary's. */
  readonly roleNames: readonly string[];
  /** Anthropic's ids or aliases of the models that are called. */
  readonly models: readonly string[];
  /** The Vertex hosts of the chain. They are only checked: Google's permissions hold for every location. @default - one host, in `global` */
  readonly hosts?: readonly VertexPlace[];
  /**
   * Buckets of Cloud Storage that batch jobs of these hosts have, `gs://my-batches`: who is let in gets `roles/aiplatform.user` in the
   * project, by which jobs are made, and `roles/storage.objectUser` on each.
   * @default - no jobs
   */
  readonly jobsBuckets?: readonly string[];
  /** The only geography in which requests may be served. @default Residency.ANYWHERE */
  readonly residency?: Residency;
}
