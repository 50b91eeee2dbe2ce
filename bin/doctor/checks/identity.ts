import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ok, problem, type Diagnosis } from '../diagnosis';
import type { Deployed } from '../deployed';

/** Who asks, and whether that is the account of the stack. */
export async function identity({ stack }: Deployed): Promise<Diagnosis[]> {
  const { Account: account, Arn: arn = 'unknown' } = await new STSClient({ region: stack.region }).send(
    new GetCallerIdentityCommand({}),
  );
  const owner = stack.router?.split(':')[4];
  if (owner === undefined || owner === account) return [ok(`account ${account}`, `${arn}, ${stack.region}`)];
  return [
    problem(
      `account ${account}`,
      `the stack is in account ${owner}`,
      `Use credentials of account ${owner}, for instance with AWS_PROFILE`,
    ),
  ];
}
