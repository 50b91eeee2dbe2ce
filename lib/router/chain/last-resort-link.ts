import type { Host } from '../../hosts/host';

/** Another model, and who is asked for it. */
export interface LastResortLink {
  /** A host of other models, or one of Claude's for another Claude model. */
  readonly host: Host;
  /** What it is asked for: one of the router's models, or the host's own id of any other. */
  readonly model: string;
}
