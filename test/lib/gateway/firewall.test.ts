import { Fn } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { Firewall, type RateLimitProps } from '../../../lib/gateway/firewall';
import { gatewayTemplate } from './gateway-stack';

const withFirewall = (props?: RateLimitProps) => gatewayTemplate({ firewall: Firewall.rateLimit(props) });
const rulesOf = (template: ReturnType<typeof withFirewall>) =>
  Object.values(template.findResources('AWS::WAFv2::WebACL')).flatMap(({ Properties }) => Properties.Rules);

it('a gateway has no firewall unless it is asked for', () => {
  gatewayTemplate().resourceCountIs('AWS::WAFv2::WebACL', 0);
});

describe('without settings', () => {
  const template = withFirewall();

  it('stands in front of the stage and limits requests by address', () => {
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      ResourceArn: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('/restapis/')])] },
    });
    template.hasResourceProperties('AWS::WAFv2::WebACL', {
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Statement: { RateBasedStatement: { AggregateKeyType: 'IP', EvaluationWindowSec: 300, Limit: 2000 } },
          Action: { Block: { CustomResponse: { ResponseCode: 429, CustomResponseBodyKey: 'rate-limit-error' } } },
        },
      ],
    });
  });

  it("answers in Anthropic's envelope", () => {
    const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
    const { ContentType, Content } = acl!['Properties'].CustomResponseBodies['rate-limit-error'];
    expect(ContentType).toBe('APPLICATION_JSON');
    expect(JSON.parse(Content)).toMatchObject({ type: 'error', error: { type: 'rate_limit_error' } });
  });

  it('keeps no samples of requests, which would show keys', () => {
    const [acl] = Object.values(template.findResources('AWS::WAFv2::WebACL'));
    expect(JSON.stringify(acl)).not.toContain('"SampledRequestsEnabled":true');
  });
});

describe('with lists of addresses', () => {
  const template = withFirewall({
    requestsPerFiveMinutes: 100,
    allowedCidrs: ['203.0.113.0/24', '2001:db8::/32'],
    deniedCidrs: ['203.0.113.7/32'],
  });

  it('refuses the denied first, then whoever is not allowed, and limits the rest', () => {
    expect(rulesOf(template).map(({ Name, Priority }) => [Name, Priority])).toEqual([
      ['Denied', 0],
      ['NotAllowed', 1],
      ['RateLimit', 2],
    ]);
  });

  it('keeps IPv4 and IPv6 in sets of their own', () => {
    template.resourceCountIs('AWS::WAFv2::IPSet', 3);
    template.hasResourceProperties('AWS::WAFv2::IPSet', { IPAddressVersion: 'IPV6', Addresses: ['2001:db8::/32'] });
    const [, notAllowed] = rulesOf(template);
    expect(notAllowed.Statement.NotStatement.Statement.OrStatement.Statements).toHaveLength(2);
  });

  it('no rule looks at bodies, where a prompt may hold anything', () => {
    expect(JSON.stringify(rulesOf(template))).not.toMatch(/FieldToMatch|ManagedRuleGroup/);
  });
});

it.each<[string, RateLimitProps, string]>([
  [
    'a limit below what WAF takes',
    { requestsPerFiveMinutes: 9 },
    "'requestsPerFiveMinutes' of Firewall.rateLimit() is 9",
  ],
  ['half a request', { requestsPerFiveMinutes: 10.5 }, 'takes whole numbers from 10'],
  [
    'an address without its length',
    { allowedCidrs: ['203.0.113.7'] },
    "'allowedCidrs' of Firewall.rateLimit() has '203.0.113.7'",
  ],
  ['the whole internet', { deniedCidrs: ['0.0.0.0/0'] }, "'deniedCidrs' of Firewall.rateLimit() has '0.0.0.0/0'"],
  ['an empty list', { allowedCidrs: [] }, "'allowedCidrs' of Firewall.rateLimit() is empty"],
])('%s stops synth', (_what, props, message) => {
  expect(() => withFirewall(props)).toThrow(message);
});

describe('a web ACL that exists already', () => {
  const arn = (place: string) => `arn:aws:wafv2:${place}/webacl/mine/11111111-2222-3333-4444-555555555555`;

  it('is put before the stage, and no other is made', () => {
    const template = gatewayTemplate({ firewall: Firewall.fromWebAclArn(arn('us-east-1:123456789012:regional')) });
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.hasResourceProperties('AWS::WAFv2::WebACLAssociation', {
      WebACLArn: arn('us-east-1:123456789012:regional'),
    });
  });

  it.each([
    ['is for CloudFront', arn('us-east-1:123456789012:global')],
    ['is of another region', arn('eu-west-1:123456789012:regional')],
    ['is no ARN', 'mine'],
  ])('stops synth where it %s', (_, wrong) => {
    expect(() => gatewayTemplate({ firewall: Firewall.fromWebAclArn(wrong) })).toThrow(
      /Firewall.fromWebAclArn\(\) is given '.*an API takes a regional web ACL of its own region, arn:.*Stack\/Gateway/s,
    );
  });

  it('may be known at deployment only', () => {
    gatewayTemplate({ firewall: Firewall.fromWebAclArn(Fn.importValue('WebAcl')) }).hasResourceProperties(
      'AWS::WAFv2::WebACLAssociation',
      { WebACLArn: { 'Fn::ImportValue': 'WebAcl' } },
    );
  });
});
