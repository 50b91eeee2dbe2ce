import { WAIT_HEADER } from '../../../lib/contract';
import type { RequestHead } from '../../engine/gateway';

/** Whether a request would rather wait for a limit than be refused. */
export const waits = ({ headers }: RequestHead): boolean => headers[WAIT_HEADER] !== undefined;
