import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { HostStack } from '../hosts/chain-host';

/** As long as the keys that API Gateway makes. */
const KEY = { passwordLength: 40, excludePunctuation: true };

/** The key of a team, which both regions take: one region makes it, the other one has a replica. */
export function teamSecret({ scope, shared, removalPolicy }: HostStack, team: string): secretsmanager.ISecret {
  const id = `TeamKey-${team}`;
  const secretName = `${shared?.prefix}/team/${team}`;
  if (shared?.replicaRegions === undefined) return secretsmanager.Secret.fromSecretNameV2(scope, id, secretName);
  return new secretsmanager.Secret(scope, id, {
    secretName,
    description: `Gateway key of team ${team}, in both regions`,
    generateSecretString: KEY,
    replicaRegions: shared.replicaRegions.map((region) => ({ region })),
    removalPolicy,
  });
}
