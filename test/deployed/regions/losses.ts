import { createHealthStore } from '../../../lambda/gateway/state/health-store';
import { ENV, REGION_HOST } from '../../../lib/contract';
import type { RegionSetUp, RunningRegion } from './set-up';

/** Something that the first region loses. */
export interface Loss {
  readonly name: string;
  /** Whether clients have to leave the region. */
  readonly leaves: boolean;
  strike(stage: RegionSetUp, region: RunningRegion): Promise<void>;
}

export const LOSSES: readonly Loss[] = [
  {
    name: 'its Bedrock is gone, while Anthropic is overloaded',
    leaves: false,
    async strike({ hosts }) {
      await hosts.anthropic.setFault({ kind: 'overloaded' });
      await hosts['bedrock-us-east-1'].setFault({ kind: 'unavailable' });
    },
  },
  {
    name: 'its secrets cannot be read',
    leaves: false,
    async strike({ door }, { router, region }) {
      door.take(region, 'secretsmanager');
      await router.recycle();
    },
  },
  {
    name: 'an operator takes it out',
    leaves: true,
    async strike({ door }, { router, region }) {
      const at = Date.now();
      const env = {
        AWS_REGION: region,
        AWS_ENDPOINT_URL: door.url,
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'x',
      };
      const store = createHealthStore(router.fn.environment[ENV.HEALTH_TABLE] ?? '', env);
      await store.write({ type: 'override', host: REGION_HOST, action: 'drill', at, until: at + 600_000, by: 'test' });
      // The time is simulated, and that between two reads of the table is not.
      await router.recycle();
    },
  },
  {
    name: 'its table is gone',
    leaves: false,
    async strike({ aws }, { router, region }) {
      await aws[region].dynamoDb.deleteTable({ TableName: router.fn.environment[ENV.HEALTH_TABLE] });
      await router.recycle();
    },
  },
  {
    name: 'its router is killed',
    leaves: true,
    async strike(_, { router }) {
      await router.close();
    },
  },
  {
    name: 'its API is deleted',
    leaves: true,
    async strike({ aws }, { region, restApiId }) {
      await aws[region].apiGateway.deleteRestApi({ restApiId });
    },
  },
];
