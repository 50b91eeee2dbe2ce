import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';

const ROOT = join(__dirname, '../../..');

// The examples import the library by the name its users do.
jest.mock('cdk-claude-failover', () => jest.requireActual<object>('../../../lib'), { virtual: true });
// Feature flags, as the CDK's command line hands them over.
process.env.CDK_CONTEXT_JSON = JSON.stringify(
  (JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object }).context,
);

export const EXAMPLES = [
  'audited',
  'bedrock-only',
  'complete-stack',
  'eu-only',
  'existing-vpc',
  'fargate',
  'multi-cloud',
  'own-api',
  'startup',
  'sydney',
  'two-regions',
  'web-function',
] as const;

export interface TemplateJson {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>
  >;
  readonly Outputs?: Readonly<Record<string, unknown>>;
}

export const exampleApp = (name: string): App => jest.requireActual<{ app: App }>(join(ROOT, 'examples', name)).app;

export const templatesOf = (app: App): Record<string, TemplateJson> =>
  Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template as TemplateJson]));
