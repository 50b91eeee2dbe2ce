import type { RouterConfig, StackDescription } from '../../lib/contract';
import type { Env } from '../../lambda/runtime/require-env';
import type { FoundStack } from '../cli/find-stack';
import { tableEnv } from '../cli/override-store';
import { findLogGroup } from '../cli/spend/report/find-log-group';
import { readDeployed } from '../doctor/doctor-checks';
import { serviceOfAlarms } from './now/alarms';

/** A deployed gateway, and where it tells of itself. */
export interface Place {
  readonly stack: StackDescription;
  /** CloudFormation's. */
  readonly name: string;
  readonly status: string;
  readonly config: RouterConfig;
  /** The metrics' dimension. */
  readonly service: string;
  readonly logGroup: string;
  /** By which AWS is asked: the operator's own credentials. */
  readonly env: Env;
}

/** Read once: a deployment that changes it is seen when the console is opened anew. */
export async function readPlace(found: FoundStack): Promise<Place> {
  const { stack, name = '', status = '' } = found;
  const env = tableEnv(stack);
  const [deployed, logGroup] = await Promise.all([readDeployed(stack, status), findLogGroup(found)]);
  const service = deployed.service ?? (await serviceOfAlarms(name, stack, env));
  return { stack, name, status, config: deployed.config, service, logGroup, env };
}
