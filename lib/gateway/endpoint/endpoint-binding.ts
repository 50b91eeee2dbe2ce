import type { RestApi, RestApiProps } from 'aws-cdk-lib/aws-apigateway';

/** What a `GatewayEndpoint` brings to the API. */
export interface EndpointBinding {
  readonly api: RestApiProps;
  /** Only from within a VPC. */
  readonly isPrivate?: boolean;
  /** Adds what needs the API; the URL has no slash at its end. */
  attach(api: RestApi): string;
}
