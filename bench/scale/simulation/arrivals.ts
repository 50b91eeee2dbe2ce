import type { Random } from '../../../lambda/engine/time/clock';
import type { TracedService } from '../../trace/trace';

/**
 * How the load of many clients adds up. `apart`: each is a copy of the trace that begins at another moment of the hour.
 * `together`: all of them come and go in the same seconds, as after an outage or at the stroke of an hour.
 */
export type Clients = 'apart' | 'together';

/** Requests of each service in each second of the hour, at another rate than the trace's: copies of it, thinned. */
export function arrivals(
  services: readonly TracedService[],
  requestsPerMinute: number,
  clients: Clients,
  random: Random,
): Uint32Array[] {
  const seconds = services[0]!.perSecond.length;
  const traced = services.reduce((sum, { whole }) => sum + whole.requests, 0) / (seconds / 60);
  const share = requestsPerMinute / traced;
  const copies = Math.ceil(share);
  const counts = services.map(() => new Uint32Array(seconds));
  for (let copy = 0; copy < copies; copy++) {
    const offset = clients === 'apart' ? Math.floor(random() * seconds) : 0;
    services.forEach(({ perSecond }, service) => {
      perSecond.forEach((requests, second) => {
        counts[service]![(second + offset) % seconds]! += thinned(requests, share / copies, random);
      });
    });
  }
  return counts;
}

function thinned(requests: number, share: number, random: Random): number {
  let kept = 0;
  for (let request = 0; request < requests; request++) if (random() < share) kept += 1;
  return kept;
}
