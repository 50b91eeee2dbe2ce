import { Duration } from 'aws-cdk-lib';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { FRONT_HEADER } from '../../contract';
import type { WebFunctionCdnProps } from '../../router/shape/web-function/web-function-shape-props';
import { ownName } from '../own-name';

/** As long as CloudFront waits for a word without a raised quota. A stream has pings; an answer that does not stream has this long. */
const SILENCE = Duration.seconds(60);

/** CloudFront, which stores and compresses nothing and shows a secret to the address behind it. */
export function openCdn(
  scope: Construct,
  cdn: WebFunctionCdnProps,
  originName: string,
  secret: secretsmanager.ISecret,
): string {
  const { domainName, certificate, webAclArn } = cdn;
  const distribution = new cloudfront.Distribution(scope, 'Cdn', {
    comment: 'Claude failover gateway',
    domainNames: [domainName],
    certificate,
    webAclId: webAclArn,
    minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
    defaultBehavior: {
      origin: new HttpOrigin(originName, {
        protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        readTimeout: SILENCE,
        keepaliveTimeout: SILENCE,
        // A dynamic reference, which CloudFormation resolves: the value stands in no template.
        customHeaders: { [FRONT_HEADER]: secret.secretValue.unsafeUnwrap() },
      }),
      allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
      cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
      // The generated name routes by the host that is asked for.
      originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      compress: false,
    },
  });
  return ownName(scope, cdn, {
    alias: new CloudFrontTarget(distribution),
    name: distribution.distributionDomainName,
  });
}
