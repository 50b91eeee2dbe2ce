import type { VertexAccessProps } from '../lib/cdktf/vertex-access-props';
import { roleNames, STACK_NAME } from '../lib/hosts/vertex/vertex-names';
import { StackConfigError } from './check-config';
import type { FailoverConfig } from './failover-config';
import { configResidency } from './config-residency';

/** What the Google side makes of `failover.config.ts`. */
export function vertexAccess(config: FailoverConfig): VertexAccessProps {
  const { account, google, chain, models, stackName = STACK_NAME } = config;
  if (google === undefined) {
    throw new StackConfigError([
      'google: missing; the Google side is made in the project of { projectId, projectNumber }',
    ]);
  }
  if (account === undefined) {
    throw new StackConfigError([
      'account: missing; Google lets in roles of one AWS account only, so that it has to be known here. ' +
        'It is what this prints: aws sts get-caller-identity --query Account --output text',
    ]);
  }
  const hosts = chain.filter((host) => host.host === 'vertex');
  return {
    ...google,
    account,
    roleNames: Object.values(roleNames(stackName)),
    models,
    hosts: hosts.map(({ location = 'global', modelIds }) => ({ location, modelIds })),
    residency: configResidency(config),
  };
}
