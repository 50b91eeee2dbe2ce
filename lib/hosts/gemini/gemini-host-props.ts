import type { PricedHostOptions } from '../host-options';

/** Gemini on Google Vertex AI, with the identity and the grants that a Vertex host has. */
export interface GeminiHostProps extends PricedHostOptions {
  /** Id of the Google Cloud project, such as `my-project`. */
  readonly projectId: string;
  /** Number of that project, digits only: the workload identity pool is addressed by it. */
  readonly projectNumber: string;
  /**
   * `global`, the multi-regions `us` and `eu`, or a region such as `europe-west1`.
   * @default 'global'
   */
  readonly location?: string;
  /**
   * Base URL instead of Google's public one.
   * @default - the location's address, with the path of its OpenAI door
   */
  readonly endpoint?: string;
  /**
   * Workload identity pool: 4 to 32 lower case letters, digits and dashes.
   * @default 'claude-failover'
   */
  readonly poolId?: string;
  /**
   * The pool's AWS provider: 4 to 32 lower case letters, digits and dashes.
   * @default 'aws-router'
   */
  readonly providerId?: string;
  /**
   * E-mail address of a service account to impersonate.
   * @default - direct resource access, no impersonation
   */
  readonly serviceAccount?: string;
}
