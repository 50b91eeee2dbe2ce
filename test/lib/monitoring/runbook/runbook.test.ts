import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Runbook } from '../../../../lib/monitoring/runbook/runbook';
import { runbookText } from '../../../../lib/monitoring/runbook/runbook-text';

const page = readFileSync(join(__dirname, '../../../../docs/runbook.md'), 'utf8');
const HEADINGS = [...page.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);

/** The document and the link, in a stack of that region. */
function runbookIn(region?: string) {
  const stack = new Stack(new App(), 'Stack', region === undefined ? {} : { env: { region, account: '123456789012' } });
  const runbook = new Runbook(stack, 'Runbook');
  const link: unknown = stack.resolve(runbook.linkTo('Fallback broken'));
  return { runbook, link, template: Template.fromStack(stack) };
}

describe('a heading of the runbook', () => {
  it('is a document whose description is its text, and which does nothing by itself', () => {
    const { runbook, template } = runbookIn('eu-central-1');
    runbook.linkTo('Fallback broken');
    template.resourceCountIs('AWS::SSM::Document', 1);
    template.hasResourceProperties('AWS::SSM::Document', {
      DocumentType: 'Automation',
      Content: {
        schemaVersion: '0.3',
        description: runbookText('Fallback broken'),
        mainSteps: [{ name: 'read', action: 'aws:pause', inputs: {} }],
      },
    });
  });

  it.each([
    ['eu-central-1', 'console.aws.amazon.com', 'eu-central-1'],
    ['cn-north-1', 'console.amazonaws.cn', 'cn-north-1'],
    ['us-gov-west-1', 'console.amazonaws-us-gov.com', 'us-gov-west-1'],
    [undefined, 'console.aws.amazon.com', { Ref: 'AWS::Region' }],
  ])('has an address in the console of its region: %s', (region, host, shown) => {
    const parts = (runbookIn(region).link as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1];
    expect(parts[0]).toBe(`https://${host}/systems-manager/documents/`);
    expect(parts[1]).toEqual({ Ref: expect.stringMatching(/^RunbookFallbackbroken/) });
    const rest = parts.slice(2);
    expect(rest).toEqual(
      typeof shown === 'string' ? [`/description?region=${shown}`] : ['/description?region=', shown],
    );
  });

  it('has the playbooks that it names, also across the end of a line, once each', () => {
    const text = runbookText('All hosts failing');
    expect(text.match(/^## .+$/gm)).toEqual([
      '## All hosts failing',
      '## Playbook: all degraded',
      '## Playbook: one host down',
    ]);
    expect(runbookText('Error rate').match(/^## .+$/gm)).toContain('## Playbook: all degraded');
  });

  it.each(HEADINGS)(
    '%s fits into a document, and has nothing that Systems Manager or the console would take for more',
    (heading) => {
      const text = runbookText(heading);
      expect(Buffer.byteLength(text)).toBeLessThan(64_000);
      // Parameters of a document; what CloudFormation may turn into question marks; pages that are not there.
      expect(text).not.toMatch(/\{\{|[^\n -~]|\]\((?!https:)/);
      expect(text).toMatch(/^- Check: /m);
      expect(text).toMatch(/^- Fix: /m);
      expect(text).toMatch(/^- Verify: /m);
    },
  );

  it('comes with the package', () => {
    const { files } = JSON.parse(readFileSync(join(__dirname, '../../../../package.json'), 'utf8')) as {
      files: string[];
    };
    expect(files).toContain('docs/runbook.md');
  });
});
