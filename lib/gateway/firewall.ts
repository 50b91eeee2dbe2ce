import { Stack, Token } from 'aws-cdk-lib';
import * as wafv2 from 'aws-cdk-lib/aws-wafv2';
import { type Construct } from 'constructs';
import { ValidationError } from '../validation-error';

/** Limits by client address. */
export interface RateLimitProps {
  /**
   * Requests one address may send in five minutes, at least 10.
   * @default 2000 - several busy agents behind one office address; keys have limits of their own
   */
  readonly requestsPerFiveMinutes?: number;
  /**
   * The only addresses that may call, IPv4 or IPv6, in CIDR notation such as `203.0.113.0/24`.
   * @default - every address
   */
  readonly allowedCidrs?: string[];
  /**
   * Addresses that may not call, in CIDR notation.
   * @default - none
   */
  readonly deniedCidrs?: string[];
}

/**
 * A web ACL of AWS WAF in front of the gateway. It never looks at bodies: rules for bodies take prompts about SQL,
 * HTML or shells for attacks.
 */
export abstract class Firewall {
  /** A rate limit by address, and lists of addresses that may or may not call. */
  public static rateLimit(props: RateLimitProps = {}): Firewall {
    return new RateLimit(props);
  }

  /**
   * A web ACL that exists already, in the region of the stack. Rules of AWS for bodies take prompts for attacks: leave them to count.
   * @param webAclArn `arn:<partition>:wafv2:<region>:<account>:regional/webacl/<name>/<id>`
   */
  public static fromWebAclArn(webAclArn: string): Firewall {
    return new ImportedWebAcl(webAclArn);
  }

  /** @internal */
  public abstract _bind(scope: Construct, resourceArn: string): void;
}

class RateLimit extends Firewall {
  constructor(private readonly props: RateLimitProps) {
    super();
  }

  public override _bind(scope: Construct, resourceArn: string): void {
    const { requestsPerFiveMinutes: limit = 2000, allowedCidrs, deniedCidrs } = this.props;
    if (!Token.isUnresolved(limit) && (!Number.isInteger(limit) || limit < 10 || limit > 2_000_000_000)) {
      throw new ValidationError(
        scope,
        `'requestsPerFiveMinutes' of Firewall.rateLimit() is ${limit}; AWS WAF takes whole numbers from 10 to 2,000,000,000`,
      );
    }
    const rules: Omit<wafv2.CfnWebACL.RuleProperty, 'priority' | 'visibilityConfig'>[] = [];
    if (deniedCidrs !== undefined) {
      rules.push({ name: 'Denied', action: { block: {} }, statement: inSets(scope, 'Denied', deniedCidrs) });
    }
    if (allowedCidrs !== undefined) {
      const statement = { notStatement: { statement: inSets(scope, 'Allowed', allowedCidrs) } };
      rules.push({ name: 'NotAllowed', action: { block: {} }, statement });
    }
    rules.push({
      name: 'RateLimit',
      action: { block: { customResponse: TOO_MANY_REQUESTS } },
      statement: { rateBasedStatement: { aggregateKeyType: 'IP', evaluationWindowSec: 300, limit } },
    });

    const acl = new wafv2.CfnWebACL(scope, 'Resource', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      customResponseBodies: { [BODY]: { contentType: 'APPLICATION_JSON', content: RATE_LIMIT_ERROR } },
      visibilityConfig: visibility('Firewall'),
      rules: rules.map((rule, priority) => ({ ...rule, priority, visibilityConfig: visibility(rule.name) })),
    });
    new wafv2.CfnWebACLAssociation(scope, 'Association', { resourceArn, webAclArn: acl.attrArn });
  }
}

class ImportedWebAcl extends Firewall {
  constructor(private readonly webAclArn: string) {
    super();
  }

  public override _bind(scope: Construct, resourceArn: string): void {
    const { webAclArn } = this;
    const { region } = Stack.of(scope);
    const [, arnRegion] = WEB_ACL_ARN.exec(webAclArn) ?? [];
    const isElsewhere = !Token.isUnresolved(region) && arnRegion !== region;
    if (!Token.isUnresolved(webAclArn) && (arnRegion === undefined || isElsewhere)) {
      throw new ValidationError(
        scope,
        `Firewall.fromWebAclArn() is given '${webAclArn}'; an API takes a regional web ACL of its own region, ` +
          `arn:<partition>:wafv2:${region}:<account>:regional/webacl/<name>/<id>, not one for CloudFront`,
      );
    }
    new wafv2.CfnWebACLAssociation(scope, 'Association', { resourceArn, webAclArn });
  }
}

const WEB_ACL_ARN = /^arn:[^:]+:wafv2:([^:]+):[^:]+:regional\/webacl\/[^/]+\/[^/]+$/;
const BODY = 'rate-limit-error';
const RATE_LIMIT_ERROR = JSON.stringify({
  type: 'error',
  error: { type: 'rate_limit_error', message: 'too many requests from this address in the last five minutes' },
});
const TOO_MANY_REQUESTS: wafv2.CfnWebACL.CustomResponseProperty = {
  responseCode: 429,
  customResponseBodyKey: BODY,
  // The longest wait that every Anthropic SDK obeys is 60 seconds.
  responseHeaders: [{ name: 'retry-after', value: '30' }],
};

/** No samples: they show headers, and so keys, in the console. */
const visibility = (metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false,
});

/** An IP set holds one version of addresses. */
function inSets(scope: Construct, id: string, cidrs: string[]): wafv2.CfnWebACL.StatementProperty {
  const wrong = cidrs.find((cidr) => !Token.isUnresolved(cidr) && !CIDR.test(cidr));
  if (cidrs.length === 0 || wrong !== undefined) {
    throw new ValidationError(
      scope,
      `'${id.toLowerCase()}Cidrs' of Firewall.rateLimit() ${wrong === undefined ? 'is empty' : `has '${wrong}'`}; ` +
        'give addresses in CIDR notation, such as 203.0.113.7/32 or 2001:db8::/48, or leave the list out',
    );
  }
  const sets = (['IPV4', 'IPV6'] as const).flatMap((version) => {
    const addresses = cidrs.filter((cidr) => cidr.includes(':') === (version === 'IPV6'));
    if (addresses.length === 0) return [];
    const set = new wafv2.CfnIPSet(scope, `${id}${version}`, {
      scope: 'REGIONAL',
      ipAddressVersion: version,
      addresses,
    });
    return [{ ipSetReferenceStatement: { arn: set.attrArn } }];
  });
  return sets.length === 1 ? sets[0]! : { orStatement: { statements: sets } };
}

/** WAF itself refuses `/0`. */
const CIDR =
  /^(\d{1,3}(\.\d{1,3}){3}\/([1-9]|[12]\d|3[0-2])|[0-9a-f:.]*:[0-9a-f:.]*\/([1-9]|[1-9]\d|1[01]\d|12[0-8]))$/i;
