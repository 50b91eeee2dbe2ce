import type { ApiKey, ApiKeySourceType, MethodOptions, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { ClientProps } from '../client';

/** What a `ClientAuth` brings to the gateway. */
export interface ClientAuthBinding {
  /** Whom the router knows by API Gateway's key. */
  readonly clients: readonly ClientProps[];
  readonly apiKeySourceType?: ApiKeySourceType;
  readonly method: MethodOptions;
  readonly firstKey?: ApiKey;
  /** Adds what needs the API and its stage. */
  attach?(api: RestApi): void;
}
