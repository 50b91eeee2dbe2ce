import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { GatewayStack } from '../../../bin/gateway-stack';
import config from '../../../failover.config';
import { EXAMPLES, exampleApp } from './synthesised';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
}
interface Acknowledged {
  readonly line: string;
  covers(finding: string): boolean;
}

const page = readFileSync(join(__dirname, '../../../docs/findings.md'), 'utf8');
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*');
/** Rows of the tables: | `rule` | `construct` | reason | */
const acknowledged = [...page.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\| (\S.*)\|$/gm)].map(
  ([line, rule = '', place = '']): Acknowledged => {
    const form = new RegExp(`^${escaped(rule)} at [^/]+/(.*/)?${escaped(place)}(/Resource)?$`);
    return { line, covers: (finding) => form.test(finding) };
  },
);

/** `rule at construct path`, for each finding in an app. */
function findings(app: App): string[] {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  // Findings stop synth after the report is written.
  expect(() => app.synth()).toThrow('Acknowledge with');
  const report = JSON.parse(readFileSync(join(app.outdir, 'validation-report.json'), 'utf8')) as Report;
  return report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`),
    ),
  );
}

const found: string[] = [];
beforeAll(() => {
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  const ownStack = new App();
  new GatewayStack(ownStack, { ...config, pageEmails: ['on-call@example.com'] });
  for (const app of [ownStack, ...EXAMPLES.map(exampleApp)]) found.push(...findings(app));
});
afterAll(() => jest.restoreAllMocks());

it('finds nothing that docs/findings.md does not answer with a reason', () => {
  expect([...new Set(found.filter((finding) => !acknowledged.some(({ covers }) => covers(finding))))].sort()).toEqual(
    [],
  );
});

it('acknowledges nothing that is not found', () => {
  expect(acknowledged.filter(({ covers }) => !found.some(covers)).map(({ line }) => line)).toEqual([]);
});
