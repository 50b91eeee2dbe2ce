import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import { isRecord, records } from '../../json';

/** Temporary credentials of a role, as AWS's Security Token Service knows them. */
export interface AwsSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default - any, or none */
  readonly sessionToken?: string;
  /** `arn:aws:sts::<account>:assumed-role/<role>/<session>` */
  readonly arn: string;
  /** @default false */
  readonly expired?: boolean;
}

/** A signed request that somebody else is to send. */
export interface SignedCall {
  readonly url: URL;
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** AWS's answer: who signed, or the code of its error. */
export type CallerIdentity = { readonly arn: string } | { readonly error: string; readonly message: string };

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/sts\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
/** AWS takes a signature for so long. */
const GOOD_FOR_MS = 15 * 60_000;

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

/** Checks the signature of a GetCallerIdentity call the way AWS does: by signing it again, with the key that only both sides have. */
export async function callerIdentity(
  { url, method, headers }: SignedCall,
  sessions: readonly AwsSession[],
): Promise<CallerIdentity> {
  const [, accessKeyId, day, region, names, signature] = AUTHORIZATION.exec(headers['authorization'] ?? '') ?? [];
  const date = signingDate(headers['x-amz-date']);
  if (!accessKeyId || !region || !names || date === undefined || !headers['x-amz-date']?.startsWith(day ?? ' ')) {
    return { error: 'IncompleteSignature', message: 'Authorization header is malformed' };
  }
  const session = sessions.find((candidate) => candidate.accessKeyId === accessKeyId);
  const token = session?.sessionToken ?? headers['x-amz-security-token'];
  if (!session || token !== headers['x-amz-security-token']) {
    return { error: 'InvalidClientTokenId', message: 'The security token included in the request is invalid' };
  }
  if (session.expired) {
    return { error: 'ExpiredToken', message: 'The security token included in the request is expired' };
  }
  const signer = new SignatureV4({
    service: 'sts',
    region,
    credentials: { accessKeyId, secretAccessKey: session.secretAccessKey },
    sha256: Hash.bind(null, 'sha256'),
    applyChecksum: false,
  });
  const signed = names.split(';');
  const again = await signer.sign(
    {
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(signed.map((name) => [name, headers[name] ?? ''])),
    },
    { signingDate: date, signableHeaders: new Set(signed) },
  );
  const fresh = Math.abs(Date.now() - date.getTime()) < GOOD_FOR_MS;
  if (!again.headers['authorization']?.endsWith(`Signature=${signature}`) || !signed.includes('host') || !fresh) {
    return { error: 'SignatureDoesNotMatch', message: 'The request signature we calculated does not match' };
  }
  return { arn: session.arn };
}

/** `20261121T120000Z` */
function signingDate(text = ''): Date | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return year === undefined ? undefined : new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
