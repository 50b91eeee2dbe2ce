import type { FoundStack } from '../../find-stack';

/** As the construct tree makes it: of `Router/LogGroup`, wherever the gateway stands. */
const ROUTERS = /RouterLogGroup[0-9A-F]{8}$/;

/** Name of the router's log group, by the stack's resources: in whichever shape, and of whichever version. */
export async function findLogGroup({ name, stack: { region } }: FoundStack): Promise<string> {
  if (name === undefined)
    throw new Error('this gateway runs outside of AWS, and its log lines are where it prints them');
  const { CloudFormationClient, paginateListStackResources } = await import('@aws-sdk/client-cloudformation');
  const found: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client: new CloudFormationClient({ region }) },
    { StackName: name },
  )) {
    for (const { ResourceType, LogicalResourceId = '', PhysicalResourceId } of StackResourceSummaries) {
      const isRouters = ResourceType === 'AWS::Logs::LogGroup' && ROUTERS.test(LogicalResourceId);
      if (isRouters && PhysicalResourceId !== undefined) found.push(PhysicalResourceId);
    }
  }
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new Error(
    `stack ${name} has ${found.length} log groups that may be the router's${found.length > 0 ? `: ${found.join(', ')}` : ''}; ` +
      'name it with --log-group',
  );
}
