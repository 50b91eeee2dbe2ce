import config from '../failover.config';
import { synthVertexAccess } from '../lib/cdktf';
import { STACK_NAME } from '../lib/hosts/vertex/vertex-names';
import { checkConfig } from './check-config';
import { orExit } from './or-exit';
import { vertexAccess } from './vertex-access';

orExit(() => {
  const checked = checkConfig(config);
  synthVertexAccess(checked.stackName ?? STACK_NAME, vertexAccess(checked));
});
