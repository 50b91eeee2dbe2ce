import type * as apigateway from 'aws-cdk-lib/aws-apigateway';

/** What a `GatewayEndpoint` brings to the API. */
export interface GatewayEndpointBinding {
  /**
   * Props of the API that concern where it is reached: `endpointConfiguration`, `domainName`, `disableExecuteApiEndpoint`, `policy`.
   * What the gateway says itself, such as methods and the stage, stands above them.
   */
  readonly restApiProps: apigateway.RestApiProps;
  /**
   * Whether only a VPC reaches it: then nobody looks from outside, and the canary asks the endpoint only from a VPC.
   * @default false
   */
  readonly isPrivate?: boolean;
  /**
   * Whether clients have to show a certificate: the gateway's own canaries have none, and do not ask the endpoint.
   * @default false
   */
  readonly needsClientCertificate?: boolean;
}
