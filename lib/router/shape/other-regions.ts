import { Annotations, Fn, Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { ENV } from '../../contract';
import { type IProviderKey, ProviderKey } from '../../hosts/provider-key';
import type { ShapeSettings } from './router-shape';
import { HEALTH_ACTIONS, LIMITS_ACTIONS, SPEND_ACTIONS } from '../health-table';
import type { RuntimeDraft } from './runtime';

/** Regions beside the stack's own in which the router serves. */
export function otherRegions(scope: Construct, settings: ShapeSettings): string[] {
  if (settings.kind !== 'webFunction') return [];
  const { region } = Stack.of(scope);
  return [...new Set(settings.props.regions)].filter((each) => each !== region).sort();
}

interface Shared {
  readonly table: dynamodb.ITableV2;
  readonly keys: readonly IProviderKey[];
  /** Whether clients have limits, which are counted in the table. */
  readonly hasLimits: boolean;
  /** Whether what is spent is counted there. */
  readonly spends: boolean;
}

/** The rights that a router needs there: to the table's replicas, and to those of the secrets, which it reads where it runs. */
export function letServeFrom(
  scope: Construct,
  regions: readonly string[],
  draft: RuntimeDraft,
  { table, keys, hasLimits, spends }: Shared,
): void {
  const { partition, account } = Stack.of(scope);
  const inEach = (service: string, resource: string): string[] =>
    regions.map((region) => `arn:${partition}:${service}:${region}:${account}:${resource}`);
  draft.addToRolePolicy(
    new iam.PolicyStatement({
      actions: [
        ...new Set([...HEALTH_ACTIONS, ...(hasLimits ? LIMITS_ACTIONS : []), ...(spends ? SPEND_ACTIONS : [])]),
      ],
      resources: inEach('dynamodb', `table/${table.tableName}`),
    }),
  );
  const everywhere = regions.filter((region) => keys.every((key) => replicasOf(key).includes(region)));
  warnOfKeys(scope, keys, regions);
  if (keys.length === 0 || everywhere.length === 0) return;
  draft.addEnvironment(ENV.SECRET_REPLICAS, everywhere.join(','));
  draft.addToRolePolicy(
    new iam.PolicyStatement({
      actions: ['secretsmanager:GetSecretValue'],
      resources: keys.flatMap(({ secret }) => inEach('secretsmanager', `secret:${nameIn(secret.secretArn)}`)),
    }),
  );
}

const replicasOf = (key: IProviderKey): readonly string[] => (key instanceof ProviderKey ? key._replicaRegions : []);

/** A replica has the ARN of its secret but for the region. */
const nameIn = (secretArn: string): string => Fn.select(6, Fn.split(':', secretArn));

function warnOfKeys(scope: Construct, keys: readonly IProviderKey[], regions: readonly string[]): void {
  const lacking = keys.filter((key) => regions.some((region) => !replicasOf(key).includes(region)));
  if (lacking.length === 0) return;
  Annotations.of(scope).addWarningV2(
    'cdk-claude-failover:secretInOneRegion',
    `${lacking.map(({ node }) => node.path).join(', ')} has no replica in each of ${regions.join(', ')}: routers there read it in the ` +
      "stack's region, and start without it when that is down; give its ProviderKey 'replicaRegions'",
  );
}
