import type { VertexAccessProps } from '../lib/cdktf/vertex-access-props';
import { roleNames } from '../lib/hosts/vertex/vertex-names';
import { StackConfigError } from './stack-config-error';
import type { FailoverConfig } from './failover-config';
import { googleBuckets } from './batches/jobs-config';
import { configResidency } from './config-residency';
import { stackNames } from './regions/config-of-region';

/** What the Google side makes of `failover.config.ts`. */
export function vertexAccess(config: FailoverConfig): VertexAccessProps {
  const { account, google, chain, models, batches } = config;
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
    // Of every region: Google lets in who is named, and no one else.
    roleNames: stackNames(config).flatMap((name) => Object.values(roleNames(name))),
    models,
    jobsBuckets: batches?.jobs && googleBuckets(batches.jobs),
    hosts: hosts.map(({ location = 'global', modelIds }) => ({ location, modelIds })),
    residency: configResidency(config),
  };
}
