import type { HostError } from '../../engine/host';
import { errorText } from '../../runtime/error-text';

const UNREACHED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);

/** Without a key nothing was sent, and without a connection nothing arrived. */
export const isUnreached = ({ kind, cause }: HostError): boolean =>
  kind === 'credential' || UNREACHED.has(errorText(cause));
