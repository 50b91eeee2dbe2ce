import type { FargateShapeProps } from './fargate/fargate-shape-props';
import type { WebFunctionShapeProps } from './web-function/web-function-shape-props';

/** A shape with what it is given; the kind is the word that `failover.config.ts` has for it. */
export type ShapeSettings =
  | { readonly kind: 'lambda' }
  | { readonly kind: 'webFunction'; readonly props: WebFunctionShapeProps }
  | { readonly kind: 'fargate'; readonly props: FargateShapeProps };
export type ShapeKind = ShapeSettings['kind'];

/**
 * What a gateway's router runs as. docs/shapes.md has a table to choose by. A stack may move from one to another: keys, secrets, health
 * table, topics and the names of alarms stay, the address does not.
 */
export class RouterShape {
  /** A Lambda function behind API Gateway. It costs nothing while nobody calls, is paid for by the time of an answer, and takes bodies of 6 MB. */
  public static lambda(): RouterShape {
    return new RouterShape({ kind: 'lambda' });
  }

  /**
   * A Lambda Web Function, which serves many requests at a time and is paid for by the CPU they use. Clients are known by their keys; there
   * is no usage plan and, but for `cdn`, no web ACL. Needs aws-cdk-lib 2.276.0 or later.
   */
  public static webFunction(props: WebFunctionShapeProps = {}): RouterShape {
    return new RouterShape({ kind: 'webFunction', props });
  }

  /** Tasks of ECS on Fargate behind a load balancer: prices that are known before, in a VPC of one's own, for bodies of 32 MB. */
  public static fargate(props: FargateShapeProps): RouterShape {
    return new RouterShape({ kind: 'fargate', props });
  }

  /** @internal */
  public readonly _settings: ShapeSettings;

  private constructor(settings: ShapeSettings) {
    this._settings = settings;
  }
}
