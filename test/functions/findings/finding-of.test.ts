import { findingOf } from '../../../lambda/functions/findings/finding-of';
import { classify } from '../../../lambda/engine/failure/classify';
import { HOST_ERRORS } from '../../../lambda/hosts/errors/every-error';
import type { Failure } from '../../../lambda/engine/failure/failure';
import { FINDINGS, type Finding } from '../../../lib/contract';

/** An error as it comes over the wire. */
function http(status: number, body: object, headers: Record<string, string> = {}): Failure {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return { kind: 'http', status, headers, body: bytes, facts: HOST_ERRORS.readAnswer(status, headers, bytes) };
}
const aws = (status: number, type: string, message: string) => http(status, { message }, { 'x-amzn-errortype': type });
const google = (code: number, status: string, message: string) => http(code, { error: { code, message, status } });
const NOBODY_LEFT = { schema: 'lagging', anotherHostLeft: false, now: 0 } as const;

it.each<[string, Failure, Finding]>([
  [
    'a model that Bedrock wants called by a profile',
    aws(400, 'ValidationException', "Invocation of model ID anthropic.x with on-demand throughput isn't supported."),
    'wrong-region',
  ],
  [
    'a signature for another region',
    aws(403, 'InvalidSignatureException', 'Credential should be scoped to a valid region.'),
    'wrong-region',
  ],
  [
    'a location of Google that does not serve the model',
    google(400, 'FAILED_PRECONDITION', 'Publisher Model `x` is not servable in region us-east1.'),
    'wrong-region',
  ],
  [
    'an id that Bedrock does not know',
    aws(400, 'ValidationException', 'The provided model identifier is invalid.'),
    'stale-model',
  ],
  [
    'the form that AWS wants filled in first',
    aws(404, 'ResourceNotFoundException', 'Model use case details have not been submitted for this account.'),
    'not-enabled',
  ],
  [
    'a model that Google does not allow the project',
    google(400, 'FAILED_PRECONDITION', 'Project `p` is not allowed to use Publisher Model `x`.'),
    'not-enabled',
  ],
  [
    "a model that the organization's policy forbids in Google Cloud",
    google(
      400,
      'FAILED_PRECONDITION',
      'Organization Policy constraint constraints/vertexai.allowedModels violated for `projects/p` attempting to use a disallowed ' +
        'Gen AI model claude-opus-5-5.',
    ),
    'org-policy',
  ],
  [
    'a role that may not',
    aws(403, 'AccessDeniedException', 'not authorized to perform: bedrock:InvokeModel'),
    'not-enabled',
  ],
  [
    'a card that is no longer good',
    aws(403, 'AccessDeniedException', 'INVALID_PAYMENT_INSTRUMENT: a valid payment'),
    'billing',
  ],
  [
    'an expired session',
    aws(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
    'credential',
  ],
  [
    "a token of Google's that the organization's policy on AWS accounts forbids",
    {
      kind: 'credential',
      message:
        "host vertex: Google token exchange: refused with status 400: Org Policy violated for value: '111122223333'.",
    },
    'org-policy',
  ],
  ['a quota that was never granted', aws(400, 'ServiceQuotaExceededException', 'Too many'), 'quota'],
  ['a hang', { kind: 'timeout', timer: 'headers' }, 'timeout'],
  ['a name that does not resolve', { kind: 'connection', message: 'getaddrinfo ENOTFOUND', elapsedMs: 3 }, 'network'],
])('%s', (_, failure, finding) => {
  expect(findingOf(classify(failure, NOBODY_LEFT, HOST_ERRORS.table).reason, failure)).toBe(finding);
});

it('every finding has a remedy', () => {
  for (const { remedy } of Object.values(FINDINGS)) expect(remedy).toMatch(/^[A-Z].{40,}/);
});
