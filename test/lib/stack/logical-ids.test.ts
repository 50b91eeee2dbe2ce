import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { GatewayStack } from '../../../bin/gateway-stack';
import config from '../../../failover.config';
import { exampleApp, type TemplateJson, templatesOf } from './synthesised';

/** What would lose data, keys or addresses, if an update replaced it. */
const KEPT = [
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGateway::Stage',
  'AWS::ApiGateway::UsagePlan',
  'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::CodeDeploy::DeploymentGroup',
  'AWS::DynamoDB::GlobalTable',
  'AWS::KMS::Key',
  'AWS::Lambda::Alias',
  'AWS::Logs::LogGroup',
  'AWS::SecretsManager::Secret',
  'AWS::SNS::Topic',
  'Custom::BedrockInferenceProfile',
];
const kept = ({ Resources }: TemplateJson): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => KEPT.includes(Type))
      .map(([id, { Type }]): [string, string] => [id, Type])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
const paged = { ...config, pageEmails: ['on-call@example.com'] };
const committed = JSON.parse(readFileSync(join(__dirname, 'logical-ids.json'), 'utf8')) as object;

/**
 * A failure means: the next deployment deletes the resource under the old id and makes a new one, with a new address or without
 * its content. Change logical-ids.json only if that is meant, and say so in the release notes.
 */
it('keeps the logical id of everything that must survive an update', () => {
  const app = new App();
  new GatewayStack(app, paged);
  const { ClaudeFailover } = templatesOf(app);
  const { CompleteStack } = templatesOf(exampleApp('complete-stack'));
  expect({ ClaudeFailover: kept(ClaudeFailover!), CompleteStack: kept(CompleteStack!) }).toEqual(committed);
});

it('keeps the ids of the other hosts when one is put before them', () => {
  const ids = (chain: typeof config.chain): string[] => {
    const app = new App();
    new GatewayStack(app, { ...paged, chain });
    return Object.keys(kept(templatesOf(app).ClaudeFailover!));
  };
  const [first, ...others] = config.chain;
  const before = ids([first!, ...others]);
  expect(ids([{ host: 'foundry', resource: 'my-resource' }, ...others, first!])).toEqual(
    expect.arrayContaining(before),
  );
});
