import { Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { CanaryEndpoint } from '../contract';
import type { ClientAuthBinding } from './client-auth-binding';

/** How a canary gets through the gateway, as clients do. */
export interface CanaryAccess {
  readonly endpoint: CanaryEndpoint;
  /** Gives a canary's role what it needs for that, and nothing else. */
  grant(canary: iam.IGrantable): void;
}

interface Gateway {
  readonly url: string;
  readonly api: apigateway.RestApi;
}

/** With a key of the user's, else as the gateway's auth has it; undefined where that knows no way. */
export function canaryAccess(
  { url, api }: Gateway,
  auth: ClientAuthBinding,
  key?: secretsmanager.ISecret,
): CanaryAccess | undefined {
  const access = key ? { auth: 'secret' as const, secretArn: key.secretArn } : auth.canary;
  if (access === undefined) return undefined;
  const endpoint: CanaryEndpoint = { url, ...access };
  return {
    endpoint,
    grant: (canary) => {
      key?.grantRead(canary);
      for (const statement of statements(api, endpoint)) canary.grantPrincipal.addToPrincipalPolicy(statement);
    },
  };
}

/** What canaries ask for, and no other path. */
const PATHS = ['/v1/messages', '/v1/messages/count_tokens'];

function statements(api: apigateway.RestApi, { auth, apiKeyId }: CanaryEndpoint): iam.PolicyStatement[] {
  const { partition, region } = Stack.of(api);
  if (auth === 'api-key') {
    const resources = [`arn:${partition}:apigateway:${region}::/apikeys/${apiKeyId}`];
    return [new iam.PolicyStatement({ actions: ['apigateway:GET'], resources })];
  }
  if (auth !== 'iam') return [];
  const resources = PATHS.map((path) => api.arnForExecuteApi('POST', path, api.deploymentStage.stageName));
  return [new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources })];
}
