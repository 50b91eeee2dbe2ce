import { aws, type ErrorSpec } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';

const FORM =
  /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=[0-9a-f]{64}$/;

/** What AWS would hold against the signature's form and scope. The signature itself is not recomputed. */
export function refuseSignature({ headers }: SimRequest, service: string, region: string): ErrorSpec | undefined {
  const authorization = headers['authorization'];
  if (!authorization) return aws(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token');
  const [, scopeRegion, scopeService, signed = ''] = FORM.exec(authorization) ?? [];
  const unsigned = ['host', 'x-amz-date'].filter((name) => !headers[name] || !signed.split(';').includes(name));
  if (!scopeRegion || unsigned.length > 0) {
    return aws(
      403,
      'IncompleteSignatureException',
      `Authorization header is malformed or does not sign ${unsigned.join(', ')}.`,
    );
  }
  if (scopeRegion !== region)
    return aws(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region. ');
  if (scopeService !== service) {
    return aws(403, 'InvalidSignatureException', `Credential should be scoped to correct service: '${service}'. `);
  }
  return undefined;
}
