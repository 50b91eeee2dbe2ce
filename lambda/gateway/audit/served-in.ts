import type { HostConfig } from '../../../lib/contract';
import type { Usage } from '../../engine/answer';

/** Where a request was processed, as far as anybody says: the host in its answer, else its configuration. */
export function servedIn(host: HostConfig | undefined, usage: Usage | undefined): string | undefined {
  const said = usage?.['inference_geo'];
  if (typeof said === 'string' && said !== 'not_available') return said;
  if (host === undefined) return undefined;
  if (host.kind === 'bedrock') return host.profile ?? 'global';
  if ('location' in host && typeof host.location === 'string') return host.location;
  return 'region' in host && typeof host.region === 'string' ? host.region : undefined;
}
