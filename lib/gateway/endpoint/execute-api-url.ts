import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** API Gateway's own address of a stage. `RestApi.url` ends in a slash, which clients would double. */
export function executeApiUrl(scope: IConstruct, restApiId: string, stageName: string): string {
  const { region, urlSuffix } = Stack.of(scope);
  return `https://${restApiId}.execute-api.${region}.${urlSuffix}/${stageName}`;
}
