import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES, exampleApp, type TemplateJson, templatesOf } from './synthesised';

const all = new Map<string, TemplateJson>();
const resources = ({ Resources }: TemplateJson, type: string) =>
  Object.values(Resources).filter(({ Type }) => Type === type);

beforeAll(() => {
  for (const name of EXAMPLES) {
    for (const [stack, template] of Object.entries(templatesOf(exampleApp(name))))
      all.set(`${name}/${stack}`, template);
  }
});

it('knows every example', () => {
  const files = readdirSync(join(__dirname, '../../../examples')).filter((file) => file.endsWith('.ts'));
  expect(files.sort()).toEqual(EXAMPLES.map((name) => `${name}.ts`));
});

it.each([
  ['audited/Audited'],
  ['bedrock-only/BedrockOnly'],
  ['complete-stack/CompleteStack'],
  ['eu-only/EuOnly'],
  ['existing-vpc/Claude'],
  ['multi-cloud/MultiCloud'],
  ['own-api/OwnApi'],
  ['startup/Startup'],
  ['sydney/Sydney'],
])('%s streams through the router, for up to 15 minutes', (name) => {
  const methods = resources(all.get(name)!, 'AWS::ApiGateway::Method');
  expect(methods.length).toBeGreaterThan(0);
  for (const { Properties } of methods) {
    expect(Properties).toMatchObject({ Integration: { ResponseTransferMode: 'STREAM', TimeoutInMillis: 900_000 } });
    expect(JSON.stringify(Properties)).toContain('/response-streaming-invocations');
  }
});

it.each([
  ['web-function/WebFunction', 'AWS::Lambda::WebFunctionEndpoint'],
  ['fargate/Fargate', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
])('%s is reached without API Gateway, which has its keys all the same', (name, type) => {
  const template = all.get(name)!;
  expect(resources(template, type).length).toBeGreaterThan(0);
  expect(resources(template, 'AWS::ApiGateway::RestApi')).toEqual([]);
  expect(resources(template, 'AWS::ApiGateway::ApiKey').length).toBeGreaterThan(1);
});

it.each([['bedrock-only/BedrockOnly'], ['eu-only/EuOnly']])('%s needs no key of a vendor', (name) => {
  expect(resources(all.get(name)!, 'AWS::SecretsManager::Secret')).toEqual([]);
});

it('has its router in the VPC that exists, and a gateway for that VPC alone', () => {
  const template = all.get('existing-vpc/Claude')!;
  const [api] = resources(template, 'AWS::ApiGateway::RestApi');
  expect(api?.Properties).toMatchObject({ EndpointConfiguration: { Types: ['PRIVATE'] } });
  expect(resources(template, 'AWS::EC2::VPC')).toEqual([]);
  const inVpc = resources(template, 'AWS::Lambda::Function').filter(({ Properties }) => Properties?.VpcConfig);
  expect(inVpc).toHaveLength(2);
});

it('gives the EU-only gateway no right to a model outside the EU', () => {
  const policies = resources(all.get('eu-only/EuOnly')!, 'AWS::IAM::Policy');
  const arns = JSON.stringify(policies).match(/arn:[^"]*?bedrock:[^"]*/g) ?? [];
  expect(arns.length).toBeGreaterThan(0);
  for (const arn of arns) expect(arn).toMatch(/:bedrock:eu-/);
});

it('tags what Bedrock costs, in each region of the complete stack', () => {
  const template = all.get('complete-stack/CompleteStack')!;
  expect(resources(template, 'AWS::Bedrock::ApplicationInferenceProfile')).toHaveLength(2);
  expect(resources(template, 'Custom::BedrockInferenceProfile')).toHaveLength(2);
});

it('keeps no key and no placeholder of one out of Secrets Manager', () => {
  for (const template of all.values()) {
    const outside = Object.values(template.Resources).filter(({ Type }) => Type !== 'AWS::SecretsManager::Secret');
    expect(JSON.stringify(outside)).not.toMatch(/REPLACE_ME|sk-ant/);
    // CloudFormation reads a client's key, which two regions share, where API Gateway is given it; and no other.
    const readers = outside.filter((resource) => JSON.stringify(resource).includes('resolve:secretsmanager'));
    expect(readers.filter(({ Type }) => Type !== 'AWS::ApiGateway::ApiKey')).toEqual([]);
  }
});
