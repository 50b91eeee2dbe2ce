import type { GatewayError } from '../gateway-error';
import type { OpenAllowance } from './table/allowances';

/** What one request is let in by. */
export interface Admission {
  /** What it may cost, by what is known before. */
  readonly amount: number;
  /** Those it falls under, once it is known which there are. */
  readonly open: Promise<readonly OpenAllowance[]> | readonly OpenAllowance[];
  /** Why it is refused after all; undefined where nobody has to wait for that. Never rejects. */
  readonly answer: Promise<GatewayError | undefined> | undefined;
}
