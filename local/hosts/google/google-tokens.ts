import { randomBytes } from 'node:crypto';
import { callerIdentity, readSignedCall } from './caller-identity';
import { google, type ErrorSpec } from '../faults/error-spec';
import type { GoogleGap, GoogleSide } from './google-side';
import { credentialOf, type SimRequest } from '../requests/recorded-request';
import { refuse, type HostReply } from '../wires/wire';

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
  requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
} as const;
const LIFETIME_SECONDS = 3600;
const STS_URL = /^https:\/\/sts(\.[a-z0-9-]+)?\.amazonaws\.com\/\?Action=GetCallerIdentity&Version=2011-06-15$/;

export interface GoogleTokens {
  /** Nothing for requests that are not for a token. */
  serve(request: SimRequest): Promise<HostReply> | undefined;
  issued(token: string | undefined): boolean;
}

/** Google's token exchange and service account impersonation, which only this host's own tokens come from. */
export function createGoogleTokens({ audience, letsIn, sessions, missing = [] }: GoogleSide): GoogleTokens {
  const tokens = new Set<string>();
  const issue = () => {
    const token = `ya29.simulated-${randomBytes(12).toString('hex')}`;
    tokens.add(token);
    return token;
  };

  const exchange = async ({ headers, body }: SimRequest): Promise<HostReply> => {
    if (missing.includes('sts-api')) return refuse(disabledApi('sts', 'Security Token Service API'));
    const form = new URLSearchParams(
      headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body.toString() : '',
    );
    const wrong = Object.entries(EXCHANGE).find(([name, value]) => form.get(name) !== value)?.[0];
    if (wrong) return oauthError('invalid_request', `Invalid value for "${wrong}".`);
    if (form.get('audience') !== audience) return oauthError('invalid_target', NO_SUCH_AUDIENCE);
    const call = readSignedCall(form.get('subject_token') ?? '');
    if (!call || !STS_URL.test(call.url.href) || call.method !== 'POST') {
      return oauthError('invalid_grant', 'The subject token is not a signed GetCallerIdentity request.');
    }
    // Else whoever was given the request for another purpose could bring it here.
    if (call.headers['x-goog-cloud-target-resource'] !== audience) {
      return oauthError('invalid_grant', 'The signed request is meant for another audience.');
    }
    const identity = callerIdentity(call, sessions);
    if ('error' in identity) {
      const { error, message } = identity;
      return oauthError(
        'invalid_grant',
        `Received invalid AWS response of type ${error} with error message: ${message}`,
      );
    }
    if (!letsIn.includes(identity.arn.split('/').slice(0, 2).join('/'))) {
      return oauthError('unauthorized_client', 'The given credential is rejected by the attribute condition.', 401);
    }
    return {
      kind: 'apart',
      status: 200,
      body: {
        access_token: issue(),
        issued_token_type: EXCHANGE.requested_token_type,
        token_type: 'Bearer',
        expires_in: LIFETIME_SECONDS,
      },
    };
  };

  const impersonate = async (request: SimRequest): Promise<HostReply> => {
    if (missing.includes('iamcredentials-api')) {
      return refuse(disabledApi('iamcredentials', 'IAM Service Account Credentials API'));
    }
    if (!tokens.has(credentialOf(request) ?? '')) {
      return refuse(google(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'));
    }
    if (missing.includes('impersonation-role')) return refuse(denied('iam.serviceAccounts.getAccessToken'));
    const expireTime = new Date(Date.now() + LIFETIME_SECONDS * 1000).toISOString();
    return { kind: 'apart', status: 200, body: { accessToken: issue(), expireTime } };
  };

  return {
    issued: (token) => token !== undefined && tokens.has(token),
    serve: (request) => {
      if (request.method !== 'POST') return undefined;
      if (request.path === '/v1/token') return exchange(request);
      return /^\/v1\/projects\/-\/serviceAccounts\/[^/]+:generateAccessToken$/.test(request.path)
        ? impersonate(request)
        : undefined;
    },
  };
}

/** What Vertex itself holds against a good token. */
export function vertexGap(missing: readonly GoogleGap[] = []): ErrorSpec | undefined {
  if (missing.includes('aiplatform-api')) return disabledApi('aiplatform', 'Vertex AI API');
  if (missing.includes('allowed-models')) return google(400, 'FAILED_PRECONDITION', NOT_ALLOWED);
  return missing.includes('predict-role') ? denied('aiplatform.endpoints.predict') : undefined;
}

/** Of an organization that allows some models only. */
const NOT_ALLOWED =
  'Organization Policy constraint constraints/vertexai.allowedModels violated for `projects/123456789012` attempting to use a disallowed ' +
  'Gen AI model {model}.';
const NO_SUCH_AUDIENCE =
  'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is ' +
  "disabled or deleted or because it doesn't exist.";

function oauthError(error: string, error_description: string, status = 400): HostReply {
  return { kind: 'apart', status, body: { error, error_description } };
}

function disabledApi(service: string, title: string): ErrorSpec {
  const message =
    `${title} has not been used in project 123456789012 before or it is disabled. Enable it by visiting ` +
    `https://console.developers.google.com/apis/api/${service}.googleapis.com/overview?project=123456789012 then retry.`;
  return google(403, 'PERMISSION_DENIED', message, { code: 'SERVICE_DISABLED' });
}

function denied(permission: string): ErrorSpec {
  const message = `Permission '${permission}' denied on resource (or it may not exist).`;
  return google(403, 'PERMISSION_DENIED', message, { code: 'IAM_PERMISSION_DENIED' });
}
