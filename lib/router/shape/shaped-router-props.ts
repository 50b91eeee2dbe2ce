import type { FailoverRouterProps } from '../router-props';
import type { RouterShape } from './router-shape';

/** What only a gateway gives to its router. */
export interface ShapedRouterProps extends FailoverRouterProps {
  readonly shape?: RouterShape;
  readonly frontSecretSha256?: string;
  readonly probeKeySha256?: string;
  readonly keyIds?: readonly string[];
}
