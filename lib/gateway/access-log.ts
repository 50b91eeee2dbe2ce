import type { RemovalPolicy } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Who asked, when, and what came of it: no body, no query, no key, only the key's id. */
const FIELDS: Readonly<Record<string, string>> = {
  time: '$context.requestTime',
  requestId: '$context.requestId',
  team: '$context.identity.apiKeyId',
  caller: '$context.identity.userArn',
  ip: '$context.identity.sourceIp',
  userAgent: '$context.identity.userAgent',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  latencyMs: '$context.responseLatency',
  routerStatus: '$context.integration.status',
  routerLatencyMs: '$context.integration.latency',
  authorizerLatencyMs: '$context.authorizer.latency',
  error: '$context.error.responseType',
  waf: '$context.wafResponseCode',
  trace: '$context.xrayTraceId',
};

export interface AccessLogProps {
  readonly retention: logs.RetentionDays;
  readonly removalPolicy: RemovalPolicy;
}

export function accessLog(scope: Construct, id: string, props: AccessLogProps): apigateway.StageOptions {
  return {
    accessLogDestination: new apigateway.LogGroupLogDestination(new logs.LogGroup(scope, id, props)),
    accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify(FIELDS)),
  };
}
