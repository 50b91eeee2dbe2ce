import { Stack, Token } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { FORMS } from '../../../contract';
import { ValidationError } from '../../../validation-error';
import { DOMAIN_NAME } from '../../../contract/domain-name';
import type { RuntimeProps } from '../runtime';
import type { WebFunctionShapeProps } from './web-function-shape-props';

/** The first aws-cdk-lib that has the class; older ones have everything else that is used here. */
const SINCE = '2.276.0';

export function checkWebFunction(
  scope: Construct,
  props: WebFunctionShapeProps,
  { vpc, encryptionKey, healthTable }: RuntimeProps,
): void {
  const refuse = (text: string): never => {
    throw new ValidationError(scope, text);
  };
  if ((lambda as Partial<typeof lambda>).WebFunction === undefined) {
    refuse(
      `RouterShape.webFunction() needs aws-cdk-lib ${SINCE} or later, which this app does not have; update it, or take another shape`,
    );
  }
  checkNumbers(refuse, props);
  checkRegions(scope, refuse, props, vpc !== undefined);
  if (props.regions !== undefined && encryptionKey !== undefined && healthTable === undefined) {
    refuse(
      "'encryptionKey' is in one region, and the health table's replicas are not; with 'regions' of RouterShape.webFunction() give a " +
        "'healthTable' of your own, or leave the key out",
    );
  }
  const { cdn } = props;
  if (cdn === undefined) return;
  const { domainName, webAclArn } = cdn;
  if (!Token.isUnresolved(domainName) && !DOMAIN_NAME.test(domainName)) {
    refuse(
      `'cdn.domainName' of RouterShape.webFunction() is '${domainName}'; give a host name in lower case without scheme or path, such as ` +
        'claude.example.com',
    );
  }
  if (webAclArn !== undefined && !Token.isUnresolved(webAclArn) && !WEB_ACL_ARN.test(webAclArn)) {
    refuse(
      `'cdn.webAclArn' of RouterShape.webFunction() is '${webAclArn}'; CloudFront takes a global web ACL, ` +
        'arn:<partition>:wafv2:us-east-1:<account>:global/webacl/<name>/<id>',
    );
  }
}

type Refuse = (text: string) => never;

function checkNumbers(refuse: Refuse, props: WebFunctionShapeProps): void {
  const { rateLimit, maxEnvironments, maxConcurrencyPerEnvironment } = props;
  for (const [name, value, isRight, right] of [
    ['rateLimit', rateLimit, isRate, '0, 100 to 1000 in steps of 100, or 2000 to 10000 in steps of 1000'],
    ['maxEnvironments', maxEnvironments, from(2), 'a whole number from 2'],
    ['maxConcurrencyPerEnvironment', maxConcurrencyPerEnvironment, from(1, 128), 'a whole number from 1 to 128'],
  ] as const) {
    if (value === undefined || Token.isUnresolved(value) || isRight(value)) continue;
    refuse(`'${name}' of RouterShape.webFunction() is ${value}; it must be ${right}, or be left out`);
  }
}

const from =
  (least: number, most = Infinity) =>
  (value: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
const isRate = (value: number): boolean =>
  value === 0 || (from(100, 1000)(value) && value % 100 === 0) || (from(2000, 10_000)(value) && value % 1000 === 0);

function checkRegions(scope: Construct, refuse: Refuse, props: WebFunctionShapeProps, hasVpc: boolean): void {
  const { regions, regionNames } = props;
  if (regions === undefined) {
    if (regionNames !== undefined)
      refuse("'regionNames' of RouterShape.webFunction() says how 'regions' are reached; give them too");
    return;
  }
  if (hasVpc) {
    refuse(
      "'vpc' is for a web function in one region, and 'regions' of RouterShape.webFunction() is given; leave one of them out",
    );
  }
  const { region: home } = Stack.of(scope);
  if (Token.isUnresolved(home)) {
    refuse("'regions' of RouterShape.webFunction() needs a stack whose own region is known; give it 'env: { region }'");
  }
  const [form, right] = FORMS.awsRegion;
  const wrong = regions.find((region) => !form.test(region));
  if (wrong !== undefined) refuse(`'regions' of RouterShape.webFunction() has '${wrong}'; it must be ${right}`);
  if (!regions.some((region) => region !== home)) {
    refuse(
      `'regions' of RouterShape.webFunction() has no region but the stack's own, ${home}; name another, or leave it out`,
    );
  }
}

const WEB_ACL_ARN = /^arn:[^:]+:wafv2:us-east-1:[^:]+:global\/webacl\/[^/]+\/[^/]+$/;
