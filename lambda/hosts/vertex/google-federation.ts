import { AwsClient } from 'google-auth-library';
import type { GoogleFederation } from '../../../lib/contract';
import { awsCredentialSource } from '../../aws/aws-credentials';
import { GOOGLE_SCOPE, type GoogleDeps, googleExchange, textField } from './google-exchange';
import type { Token } from '../token/token-source';

const SUBJECT_TYPE = 'urn:ietf:params:aws:token-type:aws4_request';

/** The role's identity for a Google token: exchanged once and, for a service account, once more. */
export async function federatedToken(federation: GoogleFederation, deps: GoogleDeps): Promise<Token> {
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    audience: federation.audience,
    scope: GOOGLE_SCOPE,
    subject_token_type: SUBJECT_TYPE,
    subject_token: await subjectToken(federation, deps.env),
  });
  const step = 'token exchange';
  const url = federation.tokenUrl ?? 'https://sts.googleapis.com/v1/token';
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await googleExchange(step, url, headers, form.toString(), deps);
  const value = textField(answer, 'access_token', step);
  if (federation.serviceAccount !== undefined) return impersonate(value, federation, deps);
  return { value, expiresAt: deps.clock.now() + Number(answer['expires_in']) * 1000 };
}

/** A signed request for the role's identity, which Google sends to AWS itself. No metadata server is asked. */
function subjectToken({ audience, verificationUrl }: GoogleFederation, env: GoogleDeps['env']): Promise<string> {
  const credentials = awsCredentialSource(env);
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  if (region === undefined) throw new Error('no AWS region: set AWS_REGION');
  const supplier = {
    getAwsRegion: async () => region,
    getAwsSecurityCredentials: async () => {
      const { accessKeyId, secretAccessKey, sessionToken } = await credentials.read();
      return { accessKeyId, secretAccessKey, token: sessionToken };
    },
  };
  const client = new AwsClient({
    type: 'external_account',
    audience,
    subject_token_type: SUBJECT_TYPE,
    // The library takes another verification URL only together with its own reading of the environment.
    ...(verificationUrl === undefined
      ? { aws_security_credentials_supplier: supplier }
      : { credential_source: { environment_id: 'aws1', regional_cred_verification_url: verificationUrl } }),
  });
  return client.retrieveSubjectToken();
}

async function impersonate(token: string, federation: GoogleFederation, deps: GoogleDeps): Promise<Token> {
  const step = 'impersonation';
  const endpoint = federation.iamEndpoint ?? 'https://iamcredentials.googleapis.com';
  const url = `${endpoint}/v1/projects/-/serviceAccounts/${federation.serviceAccount}:generateAccessToken`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const body = JSON.stringify({ scope: [GOOGLE_SCOPE], lifetime: '3600s' });
  const answer = await googleExchange(step, url, headers, body, deps);
  const expiresAt = Date.parse(textField(answer, 'expireTime', step));
  return { value: textField(answer, 'accessToken', step), expiresAt };
}
