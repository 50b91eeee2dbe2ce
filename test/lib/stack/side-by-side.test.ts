import { App, Duration, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import type { Construct } from 'constructs';
import { FailoverGateway } from '../../../lib/gateway/failover-gateway';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { AuditTrail } from '../../../lib/governance/audit/audit-trail';
import { BedrockInferenceProfile } from '../../../lib/hosts/bedrock/bedrock-inference-profile';
import { Host } from '../../../lib/hosts/host';
import { ProviderKey } from '../../../lib/hosts/provider-key';
import { RouterShape } from '../../../lib/router/shape/router-shape';
import { EXAMPLES, exampleApp, type TemplateJson, templatesOf } from './synthesised';

const env = { account: '123456789012', region: 'us-east-1' };

/** A gateway with everything that has a name. */
function addGateway(scope: Construct, id = 'Gateway', props: Partial<FailoverGatewayProps> = {}): FailoverGateway {
  const profile = (region: string) =>
    new BedrockInferenceProfile(scope, `${id}-${region}`, { region, model: 'claude-opus-5-5' });
  return new FailoverGateway(scope, id, {
    chain: [
      Host.anthropic({ keys: [new ProviderKey(scope, `${id}-Key`)] }),
      Host.bedrock({ region: 'us-east-1', inferenceProfiles: [profile('us-east-1')] }),
      Host.bedrock({ region: 'us-west-2', inferenceProfiles: [profile('us-west-2')] }),
    ],
    models: ['claude-opus-5-5'],
    pageEmails: ['oncall@example.com'],
    canary: { outsideView: { interval: Duration.minutes(5) } },
    ...props,
  });
}

/** Unique in what they belong to, and so the same in every stack; or names of what is there already. */
const NOT_OF_THE_ACCOUNT = [
  'AWS::ApiGateway::Authorizer.Name',
  'AWS::ApiGateway::Stage.StageName',
  'AWS::ApplicationAutoScaling::ScalingPolicy.PolicyName',
  'AWS::Athena::NamedQuery.Name',
  'AWS::CloudWatch::Alarm.MetricName',
  'AWS::CodeDeploy::DeploymentGroup.DeploymentConfigName',
  'AWS::IAM::Policy.PolicyName',
  'AWS::Lambda::Alias.Name',
  'AWS::Lambda::WebFunctionEndpoint.EndpointName',
  'Custom::S3ObjectCopy.SourceBucketName',
  'Custom::WebFunctionRollout.EndpointName',
  'Custom::WebFunctionRollout.FunctionName',
];
/** A name by a reference is the name of another resource, which CloudFormation makes. */
const isReference = (value: unknown): boolean => /^\{"(Ref|Fn::GetAtt)":/.test(JSON.stringify(value));

/** All that has a name in the account, and what its metrics are called. */
function namesIn({ Resources }: TemplateJson): string[] {
  return Object.values(Resources).flatMap(({ Type, Properties = {} }) => [
    ...Object.entries(Properties)
      .filter(([property, value]) => /Name$/.test(property) && !isReference(value))
      .map(([property, value]) => [`${Type}.${property}`, JSON.stringify(value)] as const)
      .filter(([property, value]) => !NOT_OF_THE_ACCOUNT.includes(property) && !value.includes('"Ref"'))
      .map(([property, value]) => `${property} ${value}`),
    // What an action of the SDK is to make; the service in metrics.
    ...[
      ...JSON.stringify(Properties).matchAll(/inferenceProfileName\W+([\w-]+)|POWERTOOLS_SERVICE_NAME":"([^"]+)"/g),
    ].map(([, profile, service]) => `${Type} ${profile ?? service}`),
  ]);
}

const shared = (one: readonly string[], other: readonly string[]): string[] =>
  one.filter((name) => other.includes(name));
const templateOf = (stack: Stack): TemplateJson => Template.fromStack(stack).toJSON() as TemplateJson;

function stackNamed(stackName: string, props: Partial<FailoverGatewayProps> = {}): Stack {
  const stack = new Stack(new App(), 'Claude', { env, stackName });
  addGateway(stack, 'Gateway', props);
  return stack;
}

describe('what has a name in the account', () => {
  const one = namesIn(templateOf(stackNamed('claude-blue')));

  const kinds = (names: readonly string[]): string[] => [...new Set(names.map((name) => name.split(' ')[0]!))].sort();
  const NAMED = [
    'AWS::ApiGateway::RestApi.Name',
    'AWS::Bedrock::ApplicationInferenceProfile.InferenceProfileName',
    'AWS::CloudWatch::Alarm.AlarmName',
    'AWS::CloudWatch::CompositeAlarm.AlarmName',
    'AWS::Lambda::Function',
    'AWS::Synthetics::Canary.Name',
    'Custom::BedrockInferenceProfile',
  ];
  /** The web function, and the service in the metrics of its revision. */
  const OF_WEB_FUNCTIONS = [
    'AWS::Lambda::WebFunction.FunctionName',
    'AWS::Lambda::WebFunctionRevision',
    'Custom::S3ObjectCopy',
  ];
  const OF_THE_USER = [
    'AWS::ApiGateway::DomainName.DomainName',
    'AWS::CertificateManager::Certificate.DomainName',
    'AWS::Route53::RecordSet.Name',
  ];
  const OF_TRAILS = ['AWS::Athena::WorkGroup.Name'];
  const OF_BATCHES = ['AWS::Scheduler::ScheduleGroup.Name'];
  /** By which the second region finds its replicas: they begin with the name of the pair. */
  const OF_REGIONS = ['AWS::SecretsManager::Secret.Name'];

  it('is found by this test: alarms, API, canary, profiles here and in other regions, service', () => {
    expect(kinds(one)).toEqual(NAMED);
  });

  it.each(EXAMPLES)('is no more in the example %s, but for a domain of the user’s', (example) => {
    const names = Object.values(templatesOf(exampleApp(example))).flatMap(namesIn);
    const known = [...NAMED, ...OF_WEB_FUNCTIONS, ...OF_THE_USER, ...OF_TRAILS, ...OF_BATCHES, ...OF_REGIONS];
    expect(kinds(names).filter((kind) => !known.includes(kind))).toEqual([]);
  });

  it('is another for the same app under another name of its stack', () => {
    const other = namesIn(templateOf(stackNamed('claude-green')));
    expect(other).toHaveLength(one.length);
    expect(shared(one, other)).toEqual([]);
  });

  it('is another for the same web function, whose name an account has once in all regions', () => {
    const shape = RouterShape.webFunction();
    const [blue, green] = ['claude-blue', 'claude-green'].map((name) =>
      namesIn(templateOf(stackNamed(name, { shape }))),
    );
    expect(kinds(blue!)).toEqual(expect.arrayContaining(OF_WEB_FUNCTIONS));
    expect(shared(blue!, green!)).toEqual([]);
  });

  it('is another for the same audit trail', () => {
    const [blue, green] = ['claude-blue', 'claude-green'].map((name) => {
      const stack = new Stack(new App(), 'Claude', { env, stackName: name });
      addGateway(stack, 'Gateway', { audit: new AuditTrail(stack, 'Trail') });
      return namesIn(templateOf(stack));
    });
    expect(kinds(blue!)).toEqual(expect.arrayContaining(OF_TRAILS));
    expect(shared(blue!, green!)).toEqual([]);
  });

  it('is another for the schedules of the same batches', () => {
    const [blue, green] = ['claude-blue', 'claude-green'].map((name) =>
      namesIn(templateOf(stackNamed(name, { batches: {} }))),
    );
    expect(kinds(blue!)).toEqual(expect.arrayContaining(OF_BATCHES));
    expect(shared(blue!, green!)).toEqual([]);
  });

  it('is another for the same stack in two stages, and begins with the name of its stack', () => {
    const app = new App();
    const [beta, prod] = ['Beta', 'Prod'].map((stage) => {
      const stack = new Stack(new Stage(app, stage, { env }), 'Claude');
      addGateway(stack);
      return namesIn(templateOf(stack));
    });
    expect(beta!.filter((name) => name.includes('AlarmName'))).toContain(
      'AWS::CloudWatch::Alarm.AlarmName "Beta-Claude/Gateway/Alarms/Errors"',
    );
    expect(shared(beta!, prod!)).toEqual([]);
  });

  it('is another for each gateway of a stack', () => {
    const stack = new Stack(new App(), 'Claude', { env });
    addGateway(stack, 'First');
    addGateway(stack, 'Second');
    const all = namesIn(templateOf(stack)).filter((name) => !name.startsWith('AWS::Lambda::Function'));
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  it('is another for the same nested stack of two stacks', () => {
    const [blue, green] = ['claude-blue', 'claude-green'].map((stackName) => {
      const nested = new NestedStack(new Stack(new App(), 'Claude', { env, stackName }), 'Nested');
      addGateway(nested);
      return namesIn(templateOf(nested));
    });
    expect(blue!.filter((name) => name.includes('AlarmName'))).toContain(
      'AWS::CloudWatch::Alarm.AlarmName "claude-blue/Nested/Gateway/Alarms/Errors"',
    );
    expect(shared(blue!, green!)).toEqual([]);
  });
});

describe('the name of a role, which is the user’s own', () => {
  const roleName = 'claude-router';
  const two = (first?: string, second?: string) => {
    const app = new App();
    const [one, other] = [first, second].map(
      (account, index) => new Stack(app, `Claude${index}`, account ? { env: { account, region: 'us-east-1' } } : {}),
    );
    addGateway(one!, 'Gateway', { roleName, canary: {} });
    return { other: other!, add: () => addGateway(other!, 'Gateway', { roleName, canary: {} }) };
  };
  const FOUND = "'roleName' is 'claude-router', as Claude0/Gateway/Router/Role/Resource is called";

  it('stands twice in an account at no time: that is found at synth', () => {
    expect(() => two(env.account, env.account).add()).toThrow(FOUND);
  });

  it('is warned of where the accounts may be the same', () => {
    const { other, add } = two();
    add();
    const text = `${FOUND}, and an account has each name once; give another, unless the accounts differ`;
    Annotations.fromStack(other).hasWarning('*', Match.stringLikeRegexp(text));
  });

  it('may be the same in two accounts', () => {
    const { other, add } = two(env.account, '210987654321');
    add();
    Annotations.fromStack(other).hasNoWarning('*', Match.stringLikeRegexp('sharedRoleName'));
  });
});
