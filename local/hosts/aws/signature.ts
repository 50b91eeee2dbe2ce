import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { AwsSession, AwsSide } from './aws-side';

/** A request as it arrived, or as somebody else is to send it. */
export interface SignedRequest {
  readonly method: string;
  /** As on the wire, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Who signed, and for which service and region; or what is wrong. */
export type Signature =
  | { readonly session: AwsSession; readonly service: string; readonly region: string }
  | { readonly wrong: SignatureFault };

export type SignatureFault = 'missing' | 'incomplete' | 'unknown-key' | 'expired-session' | 'stale' | 'mismatch';

const FORM =
  /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([^/,]+)\/([^/,]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
const GOOD_FOR_MS = 15 * 60_000;
const UNSIGNED = 'UNSIGNED-PAYLOAD';

/** Checks Signature Version 4 as AWS does, by signing the request again. Written from AWS's description, not with the signer's library. */
export function verifySignature(
  request: SignedRequest,
  { sessions, goodForMs = GOOD_FOR_MS }: Pick<AwsSide, 'sessions' | 'goodForMs'>,
): Signature {
  const { headers } = request;
  const authorization = headers['authorization'];
  if (!authorization) return { wrong: 'missing' };
  const [, accessKeyId, day = '', region = '', service = '', names = '', signature = ''] =
    FORM.exec(authorization) ?? [];
  const signed = names.split(';');
  const time = headers['x-amz-date'] ?? '';
  const date = signingDate(time);
  const isWhole = ['host', 'x-amz-date'].every((name) => signed.includes(name) && headers[name]);
  if (!accessKeyId || !isWhole || date === undefined || !time.startsWith(day)) return { wrong: 'incomplete' };

  const session = sessions.find((candidate) => candidate.accessKeyId === accessKeyId);
  const token = headers['x-amz-security-token'];
  if (!session || (session.sessionToken ?? token) !== token) return { wrong: 'unknown-key' };
  if (session.expired) return { wrong: 'expired-session' };
  if (Math.abs(Date.now() - date) > goodForMs) return { wrong: 'stale' };

  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical(request, signed, service))].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${session.secretAccessKey}`);
  const isRight = timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'));
  return isRight && carriesItsHash(request) ? { session, service, region } : { wrong: 'mismatch' };
}

function canonical({ method, path, query, headers, body }: SignedRequest, signed: readonly string[], service: string) {
  // S3 alone takes the path as it is; everywhere else it is encoded once more.
  const uri = service === 's3' ? path : path.split('/').map(encode).join('/');
  const pairs = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = signed.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`);
  const hash = headers['x-amz-content-sha256'] ?? sha256(body);
  return [method, uri, pairs.join('&'), lines.join(''), signed.join(';'), hash].join('\n');
}

/** The hash that was signed has to be that of what came. */
function carriesItsHash({ headers, body }: SignedRequest): boolean {
  const said = headers['x-amz-content-sha256'];
  return said === undefined || said === UNSIGNED || said === sha256(body);
}

const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** `20261121T120000Z` */
function signingDate(text: string): number | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  return year === undefined ? undefined : Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
