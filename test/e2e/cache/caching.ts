import { createHash } from 'node:crypto';
import { type CacheConfig, ENV } from '../../../lib/contract';
import { startHealthTable, type SimulatedTable } from '../../../local/health-table/health-table';
import { until } from '../../local/hosts/caller';
import { GATEWAY_KEY, type Setup, type TestGateway, useGateway } from '../harness';

export const OTHER_GATEWAY_KEY = 'the key of another client';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface CachingGateway extends TestGateway {
  /** How often clients have asked. */
  asked(): number;
  readonly table: SimulatedTable;
  /** Until the table has been given so many answers. */
  kept(count: number): Promise<void>;
}

/** A table here shares its processor with whoever else is at work: what the cache waits for it on a machine of its own says nothing. */
const PATIENCE_MS = 250;
const patient = (ms: number): number => (ms === PATIENCE_MS ? 40 * ms : ms);

/** Gateways with a cache, each with a table of its own that is as old as itself. */
export function useCache(): (cache?: Partial<CacheConfig>, setup?: Partial<Setup>) => Promise<CachingGateway> {
  const tables: SimulatedTable[] = [];
  // Before the gateways, which prove that nothing is left.
  afterEach(async () => void (await Promise.all(tables.splice(0).map((table) => table.close()))));
  const start = useGateway();
  return async (cache = {}, { route, config, table: given, ...setup } = {}) => {
    const table = given ?? (await startHealthTable('answers'));
    if (given === undefined) tables.push(table);
    const gateway = await start({
      chain: ['anthropic'],
      timerMs: patient,
      ...setup,
      route: { cache: { ttlSeconds: 600, ...cache }, ...route },
      config: {
        clients: [
          { name: 'tester', keySha256: sha256(GATEWAY_KEY) },
          { name: 'other', keySha256: sha256(OTHER_GATEWAY_KEY) },
        ],
        ...config,
      },
      env: { [ENV.CACHE_TABLE]: table.name, AWS_ENDPOINT_URL_DYNAMODB: table.endpoint, ...setup.env },
    });
    const puts = () => table.asked.filter((operation) => operation === 'PutItem').length;
    return { ...gateway, table, kept: (count) => until(() => puts() >= count, 'the answer is kept') };
  };
}
