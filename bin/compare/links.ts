import type { HostConfig, RouteConfig, RouterConfig } from '../../lib/contract';

/** What is asked: a host for the model of the request, or for another one. */
export interface ComparedLink {
  /** `host`, or `host/model` of a last resort. */
  readonly name: string;
  readonly host: HostConfig;
  /** Undefined where it is the one the request asks for. */
  readonly model: string | undefined;
}

/** Every link of a configuration: the hosts of its chains, then its last resorts. */
export function linksOf({ hosts, routes }: RouterConfig): ComparedLink[] {
  const link = (name: string, model?: string): ComparedLink => ({
    name: model === undefined ? name : `${name}/${model}`,
    host: hosts.find((host) => host.name === name)!,
    model,
  });
  const all = [
    ...routes.flatMap(({ chain }) => chain).map((host) => link(host)),
    ...routes.flatMap(({ lastResort = [] }) => lastResort).map(({ host, model }) => link(host, model)),
  ];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

/** `all`, or names in an order of one's own: the first is the one the others are held against. */
export function chooseLinks(config: RouterConfig, wanted: string): ComparedLink[] {
  const links = linksOf(config);
  if (wanted === 'all') return links;
  const names = wanted.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    const found = links.find((link) => link.name === name);
    if (found) return found;
    throw new Error(
      `--links: '${name}' is not a link of this configuration; it has ${links.map((each) => each.name).join(', ')}`,
    );
  });
}

/** By it a request finds the route of its link. It goes to no host. */
export const LINK_HEADER = 'x-compare-link';

/** As long as the longest answer may take: who compares has time. */
const HOUR_MS = 3_600_000;
const PATIENT = {
  deadlineMs: HOUR_MS / 4,
  headersMs: HOUR_MS / 12,
  firstContentMs: HOUR_MS / 12,
  idleMs: HOUR_MS / 30,
  // None: it would stand for a first content that has not come.
  pingAfterMs: HOUR_MS,
};

/** A configuration in which each link is the whole chain of a route of its own. */
export function linkConfig(config: RouterConfig, links: readonly ComparedLink[]): RouterConfig {
  const routes = links.map(({ name, host, model }): RouteConfig => ({
    header: { name: LINK_HEADER, value: name },
    ...(model === undefined ? { chain: [host.name] } : { chain: [], lastResort: [{ host: host.name, model }] }),
    budget: PATIENT,
  }));
  // The keys of the others may be anywhere else.
  const asked = config.hosts.filter((host) => links.some((link) => link.host === host));
  const hosts = asked.map(({ timeouts: _, ...host }) => ({
    ...host,
    retry: { quickRetries: 1, rateLimitWaitMaxMs: HOUR_MS / 60 },
  }));
  return { ...config, hosts, routes };
}
