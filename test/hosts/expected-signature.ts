import { createHash, createHmac } from 'node:crypto';
import { ENV } from './host-under-test';
import type { Recorded } from './recording-server';

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** What AWS computes from a request that arrives: Signature Version 4, written from its description. */
export function expectedAuthorization(request: Recorded, region: string, service: string): string {
  const { headers, method, path, body } = request;
  const signed = /SignedHeaders=([^,]+)/.exec(headers.authorization ?? '')?.[1] ?? '';
  const names = signed.split(';');
  const time = String(headers['x-amz-date']);
  const day = time.slice(0, 8);
  const [plainPath = '', query = ''] = path.split('?');
  const canonicalPath = plainPath.split('/').map(encodeURIComponent).join('/');
  const canonicalHeaders = names
    .map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`)
    .join('');
  const canonical = [
    method,
    canonicalPath,
    query.split('&').sort().join('&'),
    canonicalHeaders,
    signed,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = [region, service, 'aws4_request'].reduce<Buffer>(
    (previous, part) => hmac(previous, part),
    hmac(`AWS4${ENV.AWS_SECRET_ACCESS_KEY}`, day),
  );
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${ENV.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${signed}, Signature=${signature}`;
}
