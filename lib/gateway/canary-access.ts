import { Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { CanaryOptions } from '../monitoring/canary/canary-options';
import type { CanaryEndpoint } from '../contract';
import type { ClientAuthBinding } from './auth/client-auth-binding';

/** How a canary gets through the gateway, as clients do. */
export type CanaryAccess = Omit<CanaryEndpoint, 'url'>;

type Keyed = Pick<CanaryOptions, 'endpointKey'>;

/** With a key of the user's, else as the gateway's auth has it; undefined where that knows no way. */
export function accessOf(
  { canaryAuth: auth, canaryKeyId }: Pick<ClientAuthBinding, 'canaryAuth' | 'canaryKeyId'>,
  { endpointKey: key }: Keyed = {},
): CanaryAccess | undefined {
  if (key !== undefined) return { auth: 'secret', secretArn: key.secretArn };
  return auth && { auth: `${auth}` as const, apiKeyId: canaryKeyId };
}

interface Visitor extends iam.IGrantable {
  _checkEndpoint(endpoint: CanaryEndpoint): void;
}

/** Tells a canary the way, and gives its role what it needs for that and nothing else. */
export function letIn(
  canary: Visitor,
  access: CanaryAccess,
  { url, api, scope }: { readonly url: string; readonly api?: apigateway.RestApi; readonly scope: Construct },
  { endpointKey }: Keyed,
): void {
  canary._checkEndpoint({ url, ...access });
  endpointKey?.grantRead(canary);
  for (const statement of statements(scope, access, api)) canary.grantPrincipal.addToPrincipalPolicy(statement);
}

/** What canaries ask for, and no other path. */
const PATHS = ['/v1/messages', '/v1/messages/count_tokens'];

function statements(
  scope: Construct,
  { auth, apiKeyId }: CanaryAccess,
  api: apigateway.RestApi | undefined,
): iam.PolicyStatement[] {
  const { partition, region } = Stack.of(scope);
  if (auth === 'api-key') {
    const resources = [`arn:${partition}:apigateway:${region}::/apikeys/${apiKeyId}`];
    return [new iam.PolicyStatement({ actions: ['apigateway:GET'], resources })];
  }
  if (auth !== 'iam' || api === undefined) return [];
  const resources = PATHS.map((path) => api.arnForExecuteApi('POST', path, api.deploymentStage.stageName));
  return [new iam.PolicyStatement({ actions: ['execute-api:Invoke'], resources })];
}
