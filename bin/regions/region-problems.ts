import { closest } from '../../lib/catalog/closest';
import type { FailoverConfig } from '../failover-config';
import { LATENCY, regionNames } from './config-of-region';

/** What is wrong with two regions under one name. */
export function regionProblems(config: FailoverConfig): string[] {
  const { regions, domain, region, account, queue, batches } = config;
  if (regions === undefined) {
    return domain === undefined ? [] : ["domain: leads to two regions; give 'regions' too, or leave it out"];
  }
  const names = regionNames(regions);
  if (names.length !== 2 || names[0] === names[1]) {
    return [`regions: got ${names.join(', ')}; give two different ones, or 'region' for one`];
  }
  if (region !== undefined) return ["region: stands beside 'regions', which has two; leave one of them out"];
  if (queue !== undefined) {
    return ['queue: is in one region, and what one has accepted the other does not know; leave it or the regions out'];
  }
  if (batches !== undefined) {
    return [
      'batches: are in one region, and what one has accepted the other does not know; leave them or the regions out',
    ];
  }
  if (domain === undefined) return ['domain: missing; two regions need { name, zone }, the name that leads to both'];
  const { name, zone, zoneId, routing = LATENCY } = domain;
  return [
    ...(name === zone || name.endsWith(`.${zone}`) ? [] : [`domain.name: ${name} is not in the zone ${zone}`]),
    ...((zoneId ?? account)
      ? []
      : ["domain.zoneId: missing; without it the zone is looked up in the account, so give it, or 'account'"]),
    ...([LATENCY, ...names].includes(routing)
      ? []
      : [`domain.routing: got "${routing}"; did you mean "${closest(routing, [LATENCY, ...names], 1).join()}"?`]),
  ];
}
