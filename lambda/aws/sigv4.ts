import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Clock } from '../engine/time/clock';
import type { Headers } from '../engine/headers';
import type { AwsCredentialSource } from './aws-credentials';
import type { HostRequest, Origin } from '../hosts/transport/transport';

export type Signer = (request: HostRequest, origin: Origin) => Promise<HostRequest>;

/** Signs as the router's role. The last step of an attempt: a signature is good for minutes only. */
export function createSigner(service: string, region: string, credentials: AwsCredentialSource, clock: Clock): Signer {
  const signer = new SignatureV4({
    service,
    region,
    credentials: credentials.read,
    sha256: Hash.bind(null, 'sha256'),
  });
  return async (request, { url, basePath }) => {
    const headers: Headers = { ...request.headers, host: url.host };
    const { method, body, path } = request;
    const signed = await signer.sign(
      { method, body, headers, path: basePath + path, protocol: url.protocol, hostname: url.hostname },
      { signingDate: new Date(clock.now()) },
    );
    return { ...request, headers: signed.headers };
  };
}
