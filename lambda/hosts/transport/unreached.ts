import type { HostError } from '../../engine/host';
import { errorText } from '../../runtime/error-text';

const UNREACHED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH']);

/** There was no connection, by what a call has failed for. */
export const isUnconnected = (cause: unknown): boolean => UNREACHED.has(errorText(cause));

/** Without a key nothing was sent, and without a connection nothing arrived. */
export const isUnreached = ({ kind, cause }: HostError): boolean => kind === 'credential' || isUnconnected(cause);
