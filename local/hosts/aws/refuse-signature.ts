import { aws, type ErrorSpec } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';
import type { AwsSide } from './aws-side';
import { verifySignature, type SignatureFault } from './signature';

/** As AWS's JSON services say it. */
const ERRORS: Readonly<Record<SignatureFault, ErrorSpec>> = {
  missing: aws(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  incomplete: aws(403, 'IncompleteSignatureException', 'Authorization header is malformed or does not sign enough.'),
  'unknown-key': aws(403, 'UnrecognizedClientException', 'The security token included in the request is invalid.'),
  'expired-session': aws(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
  stale: aws(403, 'InvalidSignatureException', 'Signature expired: it is older than 15 minutes.'),
  mismatch: aws(
    403,
    'InvalidSignatureException',
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing ' +
      'method. Consult the service documentation for details.',
  ),
};

/** What AWS holds against the signature, its scope, or the rights of the role that signed. */
export async function refuseSignature(
  request: SimRequest,
  service: string,
  region: string,
  side: AwsSide,
): Promise<ErrorSpec | undefined> {
  const signature = verifySignature(request, side);
  if ('wrong' in signature) return ERRORS[signature.wrong];
  if (signature.region !== region)
    return aws(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region. ');
  if (signature.service !== service) {
    return aws(403, 'InvalidSignatureException', `Credential should be scoped to correct service: '${service}'. `);
  }
  const refusal = await side.refuses?.(signature.session, request);
  return refusal === undefined ? undefined : aws(403, 'AccessDeniedException', refusal);
}
