import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Headers } from '../engine/headers';
import type { Clock } from '../engine/time/clock';
import type { AwsCredentialSource } from './aws-credentials';

/** The signer knows nothing of who sends: hosts, tables and secrets are signed alike. */
export interface Signable {
  readonly method: string;
  /** Below the base URL, already encoded, with its query. */
  readonly path: string;
  readonly headers: Headers;
  readonly body?: string | Uint8Array | undefined;
}
/** The base URL, and its own path without a slash at its end. */
export interface SigningBase {
  readonly url: URL;
  readonly basePath: string;
}
/** The request, with the headers of a signature. */
export type Signer = <Request extends Signable>(request: Request, base: SigningBase) => Promise<Request>;

/** Signs as the router's role. The last step of an attempt: a signature is good for minutes only. */
export function createSigner(service: string, region: string, credentials: AwsCredentialSource, clock: Clock): Signer {
  const signer = new SignatureV4({
    service,
    region,
    credentials: credentials.read,
    sha256: Hash.bind(null, 'sha256'),
  });
  return async (request, { url, basePath }) => {
    const { method, body } = request;
    const { pathname, searchParams } = new URL(basePath + request.path, url);
    const { headers } = await signer.sign(
      {
        method,
        body,
        protocol: url.protocol,
        hostname: url.hostname,
        path: pathname,
        // What AWS signs is sorted, and so is taken apart from the path.
        query: Object.fromEntries(searchParams),
        headers: { ...request.headers, host: url.host },
      },
      { signingDate: new Date(clock.now()) },
    );
    return { ...request, headers };
  };
}
