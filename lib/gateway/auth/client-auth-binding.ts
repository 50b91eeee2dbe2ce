import type * as apigateway from 'aws-cdk-lib/aws-apigateway';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { ClientProps } from '../../router/client';

/** How the gateway's own canary gets through the endpoint, as clients do. */
export enum CanaryAuth {
  /** With the API Gateway key `canaryKeyId`, whose value it reads at run time. */
  API_KEY = 'api-key',
  /** Its requests are signed by its role. */
  IAM = 'iam',
  /** It needs nothing. */
  NONE = 'none',
}

/** What a `ClientAuth` brings to the gateway. */
export interface ClientAuthBinding {
  /** Of every method of the API, save an open `/health`: kind of authorization, authorizer, whether a key is needed. */
  readonly methodOptions: apigateway.MethodOptions;
  /**
   * Where API Gateway finds a client's key.
   * @default - in the header `x-api-key`
   */
  readonly apiKeySourceType?: apigateway.ApiKeySourceType;
  /**
   * Clients the router is to know, by the id of their API Gateway key or by the name that the authorizer puts into its
   * context as `client`.
   * @default - whoever gets in is a client without a name, or with the one the authorizer gives
   */
  readonly clients?: ClientProps[];
  /**
   * Id of the first client's API Gateway key, for the stack output that says how to read its value.
   * @default - no such output
   */
  readonly firstKeyId?: string;
  /**
   * How the canary gets in.
   * @default - it does not, and asks the hosts only, unless `canary.endpointKey` is given
   */
  readonly canaryAuth?: CanaryAuth;
  /**
   * Id of the canary's API Gateway key.
   * @default - needed for `CanaryAuth.API_KEY` only
   */
  readonly canaryKeyId?: string;
}

/** What a `ClientAuth` has to know of the gateway. */
export interface ClientAuthBindOptions {
  /** Whether a canary wants to get in too. */
  readonly canary: boolean;
  /**
   * How long functions of the auth keep their log lines.
   * @default logs.RetentionDays.THREE_MONTHS
   */
  readonly logRetention?: logs.RetentionDays;
  /**
   * Whether functions of the auth write traces.
   * @default lambda.Tracing.ACTIVE
   */
  readonly tracing?: lambda.Tracing;
  /**
   * Processor that functions of the auth run on.
   * @default lambda.Architecture.ARM_64
   */
  readonly architecture?: lambda.Architecture;
}
