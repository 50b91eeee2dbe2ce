import { HostError } from '../engine/host';
import { errorText } from '../runtime/error-text';
import type { Env } from '../runtime/require-env';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The role the router runs as. */
export interface AwsCredentialSource {
  read(): Promise<AwsCredentials>;
  /** True when there are different credentials now. */
  refresh(): Promise<boolean>;
}

/** From the environment, as Lambda gives them; elsewhere from the SDK's chain, which loads only then. */
export function awsCredentialSource(env: Env): AwsCredentialSource {
  let chain: Promise<(options?: { forceRefresh?: boolean }) => Promise<AwsCredentials>> | undefined;
  // Of what was handed out last. An id belongs to one secret, so that another id means another secret.
  let last: string | undefined;
  const read = async (forceRefresh: boolean): Promise<AwsCredentials> => {
    const credentials = fromEnv(env) ?? (await fromChain(forceRefresh));
    last = credentials.accessKeyId;
    return credentials;
  };
  const fromChain = async (forceRefresh: boolean): Promise<AwsCredentials> => {
    try {
      chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) => defaultProvider());
      return await (
        await chain
      )({ forceRefresh });
    } catch (error) {
      throw new HostError('credential', `no AWS credentials: ${errorText(error)}`);
    }
  };
  return {
    read: () => read(false),
    refresh: async () => {
      const before = last;
      await read(true).catch(() => undefined);
      return last !== before;
    },
  };
}

function fromEnv(env: Env): AwsCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: token } = env;
  // Half of a pair is none: the chain may have a whole one.
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(token && { sessionToken: token }) };
}
