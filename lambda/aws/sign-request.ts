import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Headers } from '../engine/headers';
import { awsCredentialSource } from './aws-credentials';

export interface RequestToSign {
  /** As AWS calls it in signatures. */
  readonly service: string;
  readonly region: string;
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Headers;
  readonly body?: string | Uint8Array;
}

/** The headers with those of a signature by the environment's role. */
export async function signRequest(
  { service, region, method, url, headers, body }: RequestToSign,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Headers> {
  const signer = new SignatureV4({
    service,
    region,
    credentials: awsCredentialSource(env).read,
    sha256: Hash.bind(null, 'sha256'),
  });
  const signed = await signer.sign({
    method,
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { ...headers, host: url.host },
    body,
  });
  return signed.headers;
}
