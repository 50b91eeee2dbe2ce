import { App, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as route53 from 'aws-cdk-lib/aws-route53';
import { FailoverGateway, GatewayEndpoint, RegionalGateways, RegionRouting } from '../../../lib';
import { gatewaysIn, NAME, PAIRED, pairOf, pairTemplates, REGIONS, zoneIn } from './pair';

const [EAST, EUROPE] = REGIONS;

describe('two gateways under one name', () => {
  const { pair, gateways, templates, app, stacks } = pairTemplates();

  it('have that name for clients, and each a name of its own for whatever looks at it alone', () => {
    expect(pair.url).toBe(`https://${NAME}`);
    for (const [at, gateway] of gateways.entries()) {
      expect(gateway.url).toBe(`https://${NAME}`);
      const region = REGIONS[at]!;
      const own = `${region}.${NAME}`;
      templates[at]!.hasResourceProperties('AWS::ApiGateway::DomainName', { DomainName: NAME });
      templates[at]!.hasResourceProperties('AWS::ApiGateway::DomainName', { DomainName: own });
      templates[at]!.resourceCountIs('AWS::ApiGateway::BasePathMapping', 2);
      templates[at]!.hasResourceProperties('AWS::ApiGateway::RestApi', { DisableExecuteApiEndpoint: true });
      expect(JSON.stringify(templates[at]!.findOutputs('*'))).toContain(`{\\"url\\":\\"https://${own}\\"`);
    }
  });

  it('have a certificate each for both names, which the zone proves', () => {
    templates[1]!.hasResourceProperties('AWS::CertificateManager::Certificate', {
      DomainName: NAME,
      SubjectAlternativeNames: [`${EUROPE}.${NAME}`],
      DomainValidationOptions: [
        { DomainName: NAME, HostedZoneId: 'Z1' },
        { DomainName: `${EUROPE}.${NAME}`, HostedZoneId: 'Z1' },
      ],
    });
  });

  it('speak TLS 1.2 too, which is all that health checkers speak', () => {
    for (const type of ['AWS::ApiGateway::DomainName', 'AWS::ApiGateway::RestApi']) {
      templates[0]!.allResourcesProperties(type, { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PQ_2025_09' });
    }
  });

  it('are looked at by Route 53, each by its own name, and counted as well by what it says and not by its status alone', () => {
    templates[0]!.hasResourceProperties('AWS::Route53::HealthCheck', {
      HealthCheckConfig: {
        Type: 'HTTPS_STR_MATCH',
        FullyQualifiedDomainName: `${EAST}.${NAME}`,
        EnableSNI: true,
        ResourcePath: '/health',
        SearchString: '"serving":true',
        RequestInterval: 30,
        FailureThreshold: 3,
      },
    });
  });

  it('are active and passive by default, the first one active', () => {
    const failover = (type: string, region: string) => ({
      Name: `${NAME}.`,
      Failover: type,
      SetIdentifier: region,
      HealthCheckId: { 'Fn::GetAtt': [Match.stringLikeRegexp('HealthCheck'), 'HealthCheckId'] },
    });
    templates[0]!.hasResourceProperties('AWS::Route53::RecordSet', failover('PRIMARY', EAST));
    templates[1]!.hasResourceProperties('AWS::Route53::RecordSet', failover('SECONDARY', EUROPE));
  });

  it('need nothing of each other: no reference, no import, no output', () => {
    for (const template of templates) {
      const text = JSON.stringify(template.toJSON());
      expect(text).not.toMatch(/ImportValue|Custom::CrossRegionExport|ExportsOutput/);
    }
  });

  it('are deployed one after the other by an order that is not written into either', () => {
    const assembly = app.synth();
    expect(assembly.getStackByName('Stack1').dependencies.map(({ id }) => id)).toContain('Stack0');
    expect(stacks[0]!.dependencies).toEqual([]);
  });

  it('have the canary of each look at the other by its own name, and at its own endpoint by its own', () => {
    const settings = canaryOf(templates[0]!);
    expect(settings).toMatchObject({
      intervalMinutes: 2,
      dailyBudgetUsd: 0.0645,
      endpoint: { url: `https://${EAST}.${NAME}` },
      otherRegion: { region: EUROPE, url: `https://${EUROPE}.${NAME}`, alarms: 'Stack1/Gateway/Alarms/', leads: false },
    });
    expect(canaryOf(templates[1]!)['otherRegion']).toMatchObject({ region: EAST, leads: true });
  });

  it('page for each other once nothing is heard of the other, and the second waits for the first where both see trouble', () => {
    for (const [at, other] of [EUROPE, EAST].entries()) {
      templates[at]!.hasResourceProperties('AWS::CloudWatch::Alarm', {
        AlarmName: `Stack${at}/Gateway/Alarms/OtherRegion`,
        AlarmDescription: Match.objectLike({
          'Fn::Join': Match.arrayWith([Match.arrayWith([Match.stringLikeRegexp(`The gateway in ${other} does not`)])]),
        }),
        Dimensions: Match.arrayWith([{ Name: 'Host', Value: `(${other})` }]),
        Statistic: 'Minimum',
        Period: 600,
      });
    }
    const suppressor = { ActionsSuppressor: Match.anyValue(), ActionsSuppressorWaitPeriod: 300 };
    templates[1]!.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', suppressor);
    templates[0]!.hasResourceProperties('AWS::CloudWatch::CompositeAlarm', { ActionsSuppressor: Match.absent() });
  });

  it('wait after a deployment until no alarm has paged for the bake time', () => {
    templates[0]!.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ BAKE_MINUTES: '10', BAKE_ALARMS: Match.anyValue() }) },
      Timeout: 900,
    });
    templates[0]!.hasResource('AWS::Lambda::Alias', {
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: {
          AfterAllowTrafficHook: { Ref: Match.stringLikeRegexp('Bake') },
          BeforeAllowTrafficHook: { Ref: Match.stringLikeRegexp('PreTraffic') },
        },
      },
    });
  });

  it('show both in the dashboard of either', () => {
    const board = JSON.stringify(templates[0]!.findResources('AWS::CloudWatch::Dashboard'));
    expect(board).toContain('Requests by region');
    expect(board).toContain(`\\"region\\":\\"${EUROPE}\\"`);
    expect(board).toContain(`cloudwatch:${EUROPE}:123456789012:alarm:Stack1/Gateway/Alarms/ServiceDown`);
  });

  it('leave the looks of Route 53 untraced', () => {
    templates[0]!.hasResourceProperties('AWS::XRay::SamplingRule', {
      SamplingRule: { FixedRate: 0, ReservoirSize: 0, URLPath: '*/health', HTTPMethod: 'GET' },
    });
  });
});

const canaryOf = (template: Template): Record<string, unknown> => {
  const [text = ''] = /\{\\"intervalMinutes.*?\\"leads\\":\w+\}\}/.exec(JSON.stringify(template.toJSON())) ?? [];
  // What only the deployment knows stands between two texts.
  return JSON.parse(JSON.parse(`"${text.replace(/",\{.*?\},"/g, 'later')}"`) as string) as Record<string, unknown>;
};

it('both take traffic by latency, or the second is the one that does', () => {
  const { templates } = pairTemplates({ routing: RegionRouting.latency() });
  for (const [at, region] of REGIONS.entries()) {
    templates[at]!.hasResourceProperties('AWS::Route53::RecordSet', { Region: region, SetIdentifier: region });
  }
  const turned = pairTemplates({ routing: RegionRouting.primary(EUROPE) }).templates;
  turned[1]!.hasResourceProperties('AWS::Route53::RecordSet', { Failover: 'PRIMARY' });
});

it('looks come every ten seconds, and the bake lasts, as is said', () => {
  const { templates } = pairTemplates({ checkInterval: Duration.seconds(10), bakeTime: Duration.minutes(3) });
  templates[0]!.hasResourceProperties('AWS::Route53::HealthCheck', {
    HealthCheckConfig: Match.objectLike({ RequestInterval: 10 }),
  });
  templates[0]!.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: Match.objectLike({ BAKE_MINUTES: '3' }) },
  });
});

it('without canary and dashboard there is a pair all the same', () => {
  const { templates } = pairTemplates({}, { canary: { enabled: false }, dashboard: false });
  templates[0]!.resourceCountIs('AWS::Route53::HealthCheck', 1);
  expect(JSON.stringify(templates[0]!.toJSON())).not.toContain('OtherRegion');
});

it.each([
  ['the same region twice', [EAST, EAST], {}, /both gateways of the pair are in us-east-1/],
  ['a region that nobody knows', [EAST, undefined], {}, /has to know the regions of both.*env\.region.*Stack1/s],
  ['a closed health', REGIONS, { openHealth: false }, /openHealth: true/],
  ['a place for batches', REGIONS, { batches: { fullPriceUsdPerDay: 1 } }, /'batches' are in one region/],
  ['a name of its own', REGIONS, { endpoint: own() }, /a pair brings its own names/],
] as const)('%s stops synth', (_, regions, gateway, message) => {
  expect(() => pairOf(gatewaysIn(regions, gateway))).toThrow(message);
});

it.each([
  ['a name outside of the zone', { name: 'claude.example.org' }, /'claude.example.org', which is not in the zone/],
  ['a name that is none', { name: 'https://claude.example.com' }, /give a host name in lower case/],
  [
    'a primary elsewhere',
    { routing: RegionRouting.primary('eu-west-1') },
    /'eu-west-1' as primary; the regions of the pair are us-east-1 and/,
  ],
  ['an interval that Route 53 has not', { checkInterval: Duration.seconds(20) }, /10 or 30 seconds.*got 20/],
  ['a bake that outlasts its function', { bakeTime: Duration.minutes(15) }, /1 to 14 minutes.*got 15/],
  ['a bake of parts of a minute', { bakeTime: Duration.seconds(90) }, /got 1.5 minutes/],
])('%s stops synth', (_, props, message) => {
  expect(() => pairOf(gatewaysIn(REGIONS), props)).toThrow(message);
});

it('a zone that one of the stacks makes stops synth, since the other would need it', () => {
  const made = gatewaysIn(REGIONS);
  const zone = new route53.PublicHostedZone(made.stacks[0]!, 'Made', { zoneName: 'example.com' });
  expect(() => pairOf(made, { zone })).toThrow(/'zone' is made in a stack.*fromHostedZoneAttributes/s);
});

it('makes a stack for each region, and in it what it is given', () => {
  const app = new App();
  const both = new RegionalGateways(app, 'Claude', {
    regions: [...REGIONS],
    name: NAME,
    zone: zoneIn(gatewaysIn(REGIONS)),
    gateways: {
      gatewayIn: (stack: Stack) => new FailoverGateway(stack, 'Gateway', PAIRED),
    },
  });
  expect(both.url).toBe(`https://${NAME}`);
  expect(both.gateways.map((gateway) => Stack.of(gateway).stackName)).toEqual([
    'Claude-us-east-1',
    'Claude-eu-central-1',
  ]);
  Template.fromStack(Stack.of(both.gateways[1]!)).resourceCountIs('AWS::Route53::HealthCheck', 1);
  expect(() => new RegionalGateways(app, 'One', { ...gatewayless, regions: [EAST] })).toThrow(/'regions' must be two/);
});

const gatewayless = { name: NAME, zone: zoneIn(gatewaysIn(REGIONS)), gateways: { gatewayIn: () => fail() } };
const fail = (): never => {
  throw new Error('is not asked for');
};

function own(): GatewayEndpoint {
  const arn = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';
  const certificate = acm.Certificate.fromCertificateArn(new Stack(), 'Certificate', arn);
  return GatewayEndpoint.customDomain({ domainName: 'other.example.com', certificate });
}
