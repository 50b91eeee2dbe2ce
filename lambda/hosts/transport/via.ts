import type { HostCall } from '../../engine/host';
import type { HostDeps } from '../host-deps';

/** `via` as the client sent it, with this gateway's own name: one that sees its name again knows that it asks itself. */
export function via({ headers }: HostCall, { pseudonym }: HostDeps): string {
  const own = `1.1 ${pseudonym()}`;
  return headers['via'] === undefined ? own : `${headers['via']}, ${own}`;
}
