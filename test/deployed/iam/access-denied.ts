import type { SignatureFault } from '../../../local/hosts/aws/signature';

/** An error of AWS, as the service that is called writes it. */
export interface AwsError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Form = (code: string, message: string) => AwsError;

const json: Form = (code, Message) => ({
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, Message }),
});
const rest: Form = (code, Message) => ({
  status: 403,
  headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
  body: JSON.stringify({ Message }),
});
const query: Form = (code, message) => ({
  status: 403,
  headers: { 'content-type': 'text/xml' },
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${xml(message)}</Message></Error></ErrorResponse>`,
});
const object: Form = (code, message) => ({
  status: 403,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code}</Code><Message>${xml(message)}</Message></Error>`,
});
const xml = (text: string): string => text.replace(/[<&]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const FORMS: Readonly<Record<string, readonly [form: Form, denied: string]>> = {
  apigateway: [rest, 'AccessDeniedException'],
  lambda: [rest, 'AccessDeniedException'],
  xray: [rest, 'AccessDeniedException'],
  sns: [query, 'AuthorizationError'],
  s3: [object, 'AccessDenied'],
};
const OTHERS = [json, 'AccessDeniedException'] as const;

export function accessDenied(service: string, message: string): AwsError {
  const [form, denied] = FORMS[service] ?? OTHERS;
  return form(denied, message);
}

export function wrongSignature(service: string, wrong: SignatureFault): AwsError {
  const [form] = FORMS[service] ?? OTHERS;
  const [code, message] =
    wrong === 'unknown-key'
      ? ['UnrecognizedClientException', 'The security token included in the request is invalid.']
      : ['InvalidSignatureException', `The request signature is not good: ${wrong}.`];
  return form(code, message);
}
