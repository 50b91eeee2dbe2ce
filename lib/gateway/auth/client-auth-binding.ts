import type { ApiKey, ApiKeySourceType, MethodOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { ClientProps } from '../../router/client';
import type { CanaryEndpoint } from '../../contract';

/** What a `ClientAuth` brings to the gateway. */
export interface ClientAuthBinding {
  /** Whom the router knows by API Gateway's key. */
  readonly clients: readonly ClientProps[];
  readonly apiKeySourceType?: ApiKeySourceType;
  readonly method: MethodOptions;
  readonly firstKey?: ApiKey;
  /** How the canary gets through the endpoint. @default - it does not */
  readonly canary?: Pick<CanaryEndpoint, 'auth' | 'apiKeyId'>;
  /** Adds what needs the API and its stage. */
  attach?(api: RestApi): void;
}

export interface ClientAuthOptions {
  readonly logRetention?: logs.RetentionDays;
  /** A canary wants to get in too. */
  readonly canary?: boolean;
}
