/** The Google side with every option, for cdktf's own command line; `bin/vertex-app.ts` reads `failover.config.ts`, which has no Google project. */
import { vertexAccess } from '../../../bin/vertex-access';
import { synthVertexAccess } from '../../../lib/cdktf';
import { EVERYTHING } from './google-config';

synthVertexAccess('Claude', vertexAccess(EVERYTHING));
