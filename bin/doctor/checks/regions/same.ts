import type { RouterConfig } from '../../../../lib/contract';
import type { Deployed } from '../../deployed';
import { type Diagnosis, ok, warning } from '../../diagnosis';

const REMEDY = 'Deploy both: npx cdk deploy --all';

/** One version of the router. */
export async function sameCode(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  const both = `${own.stack.region} and ${other.stack.region}`;
  if (own.codeSha256 === other.codeSha256) return [ok('version', `the same in ${both}`)];
  return [warning('version', `${both} run different versions of the router`, REMEDY)];
}

/** One configuration, but for the order of hosts and for what has another id in each region. */
export async function sameConfiguration(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  const [here, there] = [comparable(own.config), comparable(other.config)];
  const differ = Object.keys({ ...here, ...there }).filter(
    (part) => JSON.stringify(here[part]) !== JSON.stringify(there[part]),
  );
  if (differ.length === 0) return [ok('configuration', `the same in ${own.stack.region} and ${other.stack.region}`)];
  return [warning('configuration', `${differ.join(', ')} differ between the regions`, REMEDY)];
}

function comparable({ hosts, routes, clients = [], ...rest }: RouterConfig): Record<string, unknown> {
  const sorted = <Entry>(entries: readonly Entry[]): string[] => entries.map((entry) => JSON.stringify(entry)).sort();
  return {
    ...rest,
    hosts: sorted(hosts.map((host) => ({ ...host, keys: 'keys' in host ? host.keys?.length : undefined }))),
    routes: routes.map((route) => ({ ...route, chain: sorted(route.chain) })),
    clients: sorted(clients.map(({ apiKeyId: _, ...client }) => client)),
  };
}
