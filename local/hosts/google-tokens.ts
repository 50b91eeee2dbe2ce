import { randomBytes } from 'node:crypto';
import { google } from './error-spec';
import { isRecord } from './json';
import { credentialOf, type SimRequest } from './recorded-request';
import { refuse, type Served } from './wire';

const EXCHANGE = {
  grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
  subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
  requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
} as const;
const LIFETIME_SECONDS = 3600;

export interface GoogleTokens {
  /** Nothing for requests that are not for a token. */
  serve(request: SimRequest): Served | undefined;
  issued(token: string | undefined): boolean;
}

/** Google's token exchange and service account impersonation, which only this host's own tokens come from. */
export function createGoogleTokens(): GoogleTokens {
  const tokens = new Set<string>();
  const issue = () => {
    const token = `ya29.simulated-${randomBytes(12).toString('hex')}`;
    tokens.add(token);
    return token;
  };

  const exchange = ({ headers, body }: SimRequest): Served => {
    const form = new URLSearchParams(
      headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? body.toString() : '',
    );
    const wrong = Object.entries(EXCHANGE).find(([name, value]) => form.get(name) !== value)?.[0];
    if (wrong) return oauthError('invalid_request', `Invalid value for "${wrong}".`);
    if (!form.get('audience')?.startsWith('//iam.googleapis.com/'))
      return oauthError('invalid_request', 'Invalid value for "audience".');
    if (!isSignedCall(form.get('subject_token') ?? '')) {
      return oauthError('invalid_grant', 'The subject token is not a signed GetCallerIdentity request.');
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

  const impersonate = (request: SimRequest): Served => {
    if (!tokens.has(credentialOf(request) ?? '')) {
      return refuse(google(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.'));
    }
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

function oauthError(error: string, error_description: string): Served {
  return { kind: 'apart', status: 400, body: { error, error_description } };
}

/** The form encodes the token once, the client once more. */
function isSignedCall(subjectToken: string): boolean {
  try {
    const call: unknown = JSON.parse(decodeURIComponent(subjectToken));
    if (!isRecord(call) || !String(call['url']).includes('Action=GetCallerIdentity')) return false;
    const names = Array.isArray(call['headers'])
      ? call['headers'].filter(isRecord).map(({ key }) => String(key).toLowerCase())
      : [];
    return ['authorization', 'x-goog-cloud-target-resource'].every((name) => names.includes(name));
  } catch {
    return false;
  }
}
