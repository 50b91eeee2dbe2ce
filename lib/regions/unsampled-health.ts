import { Names } from 'aws-cdk-lib';
import * as xray from 'aws-cdk-lib/aws-xray';
import type { Construct } from 'constructs';
import { HEALTH_CHECK } from '../contract';
import type { FailoverGateway } from '../gateway/failover-gateway';

/** What Route 53 asks all day would be a trace each, of which nobody looks at one. */
export function leaveHealthUntraced(scope: Construct, { restApiName, stageName }: FailoverGateway): void {
  new xray.CfnSamplingRule(scope, 'Untraced', {
    samplingRule: {
      ruleName: Names.uniqueResourceName(scope, { maxLength: 32, separator: '-' }),
      version: 1,
      // Before the rules that an account has for everything.
      priority: 100,
      serviceName: `${restApiName}/${stageName}`,
      serviceType: '*',
      host: '*',
      httpMethod: 'GET',
      urlPath: `*${HEALTH_CHECK.path}`,
      resourceArn: '*',
      fixedRate: 0,
      reservoirSize: 0,
    },
  });
}
