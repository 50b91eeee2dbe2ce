import type { HostOptions } from '../host-options';

/** Claude Platform on AWS. */
export interface ClaudePlatformAwsHostProps extends HostOptions {
  /**
   * The region the workspace is bound to.
   * @default - the stack's region
   */
  readonly region?: string;
  /** Anthropic workspace id, `wrkspc_...`. */
  readonly workspaceId: string;
}
