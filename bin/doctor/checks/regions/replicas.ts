import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { keySources } from '../../../../lib/contract';
import type { Deployed } from '../../deployed';
import { type Diagnosis, ok, problem } from '../../diagnosis';

/** Whether the keys of hosts are in both regions what they are in the one that keeps them. No value is read. */
export async function replicas(own: Deployed, other: Deployed): Promise<Diagnosis[]> {
  const found = await Promise.all([own, other].map((each) => secretsOf(each)));
  return found.flat();
}

async function secretsOf({ config, stack: { region } }: Deployed): Promise<Diagnosis[]> {
  const client = new SecretsManagerClient({ region });
  const arns = config.hosts
    .flatMap(keySources)
    .flatMap(([, source]) => ('secretArn' in source ? [source.secretArn] : []));
  const described = await Promise.all(
    [...new Set(arns)].map((SecretId) => client.send(new DescribeSecretCommand({ SecretId }))),
  );
  return described.flatMap(({ Name = '', PrimaryRegion, ReplicationStatus = [] }) => {
    const subject = `secret ${Name}`;
    // A replica says nothing of itself: the one that is kept does.
    if (PrimaryRegion !== undefined && PrimaryRegion !== region) return [];
    if (ReplicationStatus.length === 0) {
      return [
        problem(subject, `has no replica, and stays in ${region}`, 'Deploy the first region, which makes the replicas'),
      ];
    }
    const behind = ReplicationStatus.filter(({ Status }) => Status !== 'InSync');
    if (behind.length === 0)
      return [ok(subject, `in step in ${ReplicationStatus.map(({ Region }) => Region).join(', ')}`)];
    const how = behind
      .map(({ Region, Status, StatusMessage }) => `${Region}: ${Status}, ${StatusMessage ?? ''}`)
      .join('; ');
    return [
      problem(subject, how, `aws secretsmanager replicate-secret-to-regions --secret-id ${Name} --region ${region}`),
    ];
  });
}
