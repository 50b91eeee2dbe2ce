import { Duration } from 'aws-cdk-lib';
import { type CfnAuthorizer, RequestAuthorizer } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { bundledFunction, type BundledFunctionProps } from '../../router/bundled-function';

export type KeyAuthorizerProps = Pick<BundledFunctionProps, 'logRetention' | 'tracing' | 'architecture'>;

/** Takes the key from whichever header the client has it in; API Gateway alone reads only `x-api-key`. */
export function keyAuthorizer(scope: Construct, props: KeyAuthorizerProps = {}): RequestAuthorizer {
  const { logRetention, tracing, architecture } = props;
  const parts = new Construct(scope, 'KeyAuthorizer');
  const authorizer = new RequestAuthorizer(parts, 'Authorizer', {
    handler: bundledFunction(parts, {
      bundle: 'authorizer',
      description: "Claude failover gateway: hands a client's key to API Gateway",
      memorySize: 256,
      timeout: Duration.seconds(5),
      logRetention,
      tracing,
      architecture,
    }),
    // A cache would need both headers in every request: API Gateway answers 401 by itself where one of them is missing.
    resultsCacheTtl: Duration.seconds(0),
    identitySources: [],
  });
  // CDK writes an empty one, which says something else than none.
  (authorizer.node.defaultChild as CfnAuthorizer).addPropertyDeletionOverride('IdentitySource');
  return authorizer;
}
