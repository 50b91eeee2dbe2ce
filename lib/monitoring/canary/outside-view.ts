import * as path from 'node:path';
import { Duration, Lazy, Names, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as synthetics from 'aws-cdk-lib/aws-synthetics';
import { Construct } from 'constructs';
import { type CanaryEndpoint, OUTSIDE_VIEW_ENV, type OutsideViewSettings } from '../../contract';
import type { FailoverRouter } from '../../router/failover-router';
import { cheapestFirst } from '../../router/cheapest-first';
import { syntheticsRole } from './synthetics-role';
import { wholeMinutes } from './whole-minutes';

/** How the gateway is looked at from outside. */
export interface OutsideViewOptions {
  /**
   * Time between two looks, in whole minutes from 1 to 60. CloudWatch Synthetics takes 0.0012 USD for each.
   * @default Duration.minutes(5)
   */
  readonly interval?: Duration;
}

/** Properties of `OutsideView`. */
export interface OutsideViewProps extends OutsideViewOptions {
  /** Whose cheapest model is asked for. */
  readonly router: FailoverRouter;
  /** Base URL that is asked, reachable from the internet, without a slash at its end. */
  readonly url: string;
  /**
   * What happens to the records of the looks when the stack is deleted.
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}

/** The newest Node without a browser, by its name: the constants of the CDK end at one whose Node 20 is no longer supported. */
const RUNTIME = new synthetics.Runtime('syn-nodejs-5.2', synthetics.RuntimeFamily.NODEJS);
const BUNDLE = path.join(__dirname, '..', '..', '..', 'lambda', 'functions', 'outside-view', 'dist');
const KEPT = Duration.days(30);
/** What Synthetics finds room for in the names of its functions and log groups. */
const LONGEST_NAME = 21;

/**
 * A canary of CloudWatch Synthetics that goes to the gateway as a client on the internet does: one short streamed request, and a look
 * at status, model, stream and content. Synthetics runs it by a schedule of its own, and outside of any VPC, but in the same account
 * and region. A `FailoverGateway` gives it the canary's key; on its own, it asks without one.
 */
export class OutsideView extends Construct implements iam.IGrantable {
  public readonly canary: synthetics.Canary;
  /** Synthetics' record of each look, kept for 30 days. No prompt, no answer, no key. */
  public readonly artifacts: s3.Bucket;
  public readonly grantPrincipal: iam.IPrincipal;
  /** Time between two looks. */
  public readonly interval: Duration;
  private settings: OutsideViewSettings;

  constructor(scope: Construct, id: string, props: OutsideViewProps) {
    super(scope, id);
    const { router, url, interval = Duration.minutes(5), removalPolicy = RemovalPolicy.DESTROY } = props;
    wholeMinutes(this, 'interval', interval);
    this.interval = interval;
    this.settings = { endpoint: { url, auth: 'none' }, model: cheapestModel(router) };
    this.artifacts = new s3.Bucket(this, 'Artifacts', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      lifecycleRules: [{ expiration: KEPT }],
      removalPolicy,
      // CloudFormation deletes no bucket that has something in it.
      autoDeleteObjects: removalPolicy === RemovalPolicy.DESTROY,
    });
    const canaryName = Names.uniqueResourceName(this, { maxLength: LONGEST_NAME, separator: '-' }).toLowerCase();
    const role = syntheticsRole(this, canaryName, this.artifacts);
    this.grantPrincipal = role;
    this.canary = new synthetics.Canary(this, 'Canary', {
      canaryName,
      runtime: RUNTIME,
      test: synthetics.Test.custom({ code: synthetics.Code.fromAsset(BUNDLE), handler: 'outside-view.handler' }),
      schedule: synthetics.Schedule.rate(interval),
      // The start of a run, a key and an answer; within the shortest interval.
      timeout: Duration.seconds(50),
      // The least there is.
      memory: Size.mebibytes(960),
      environmentVariables: {
        [OUTSIDE_VIEW_ENV.SETTINGS]: Lazy.string({ produce: () => Stack.of(this).toJsonString(this.settings) }),
      },
      role,
      artifactsBucketLocation: { bucket: this.artifacts },
      successRetentionPeriod: KEPT,
      failureRetentionPeriod: KEPT,
      provisionedResourceCleanup: true,
    });
    // Its first look comes at once, and needs all its role may do.
    this.canary.node.addDependency(role);
  }

  /** Looks that found nothing wrong, in percent; on average over one interval, unless `props` say otherwise. */
  public metricSuccessPercent(props?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.canary.metricSuccessPercent({ period: this.interval, ...props });
  }

  /**
   * Requests go as those of a client that is let in.
   * @internal
   */
  public _checkEndpoint(endpoint: CanaryEndpoint): void {
    this.settings = { ...this.settings, endpoint };
  }

  /**
   * Requests go there instead.
   * @internal
   */
  public _askAt(url: string): void {
    this._checkEndpoint({ ...this.settings.endpoint, url });
  }
}

function cheapestModel({ _bound: { config } }: FailoverRouter): OutsideViewSettings['model'] {
  const idOf = (model: OutsideViewSettings['model']): string => (typeof model === 'string' ? model : model.id);
  const [cheapest] = cheapestFirst(config.models.map(idOf));
  return config.models.find((model) => idOf(model) === cheapest)!;
}
