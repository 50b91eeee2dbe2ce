import { isRecord, records } from '../../json';
import type { AwsSession } from '../aws/aws-side';
import { verifySignature, type SignatureFault } from '../aws/signature';

/** A signed request that somebody else is to send. */
export interface SignedCall {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** AWS's answer: who signed, or the code of its error. */
export type CallerIdentity = { readonly arn: string } | { readonly error: string; readonly message: string };

/** Reads the subject token of an exchange; the form has it encoded once, the client once more. */
export function readSignedCall(subjectToken: string): SignedCall | undefined {
  try {
    const call: unknown = JSON.parse(decodeURIComponent(subjectToken));
    if (!isRecord(call)) return undefined;
    const headers = records(call['headers']).map(({ key, value }) => [String(key).toLowerCase(), String(value)]);
    return {
      url: new URL(String(call['url'])),
      method: String(call['method']),
      headers: Object.fromEntries(headers) as Record<string, string>,
    };
  } catch {
    return undefined;
  }
}

/** As the Security Token Service says it. */
const ERRORS: Readonly<Record<SignatureFault, readonly [error: string, message: string]>> = {
  missing: ['MissingAuthenticationToken', 'Request is missing Authentication Token'],
  incomplete: ['IncompleteSignature', 'Authorization header is malformed'],
  'unknown-key': ['InvalidClientTokenId', 'The security token included in the request is invalid'],
  'expired-session': ['ExpiredToken', 'The security token included in the request is expired'],
  stale: ['SignatureDoesNotMatch', 'Signature expired: it is older than 15 minutes.'],
  mismatch: ['SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.'],
};

/** What GetCallerIdentity answers to the call. */
export function callerIdentity({ url, method, headers }: SignedCall, sessions: readonly AwsSession[]): CallerIdentity {
  const request = { method, headers, path: url.pathname, query: url.searchParams, body: Buffer.alloc(0) };
  const signature = verifySignature(request, { sessions });
  if ('session' in signature && signature.service === 'sts') return { arn: signature.session.arn };
  const [error, message] = ERRORS['wrong' in signature ? signature.wrong : 'mismatch'];
  return { error, message };
}
