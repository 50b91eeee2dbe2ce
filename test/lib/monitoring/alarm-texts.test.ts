import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDINGS } from '../../../lib/contract';
import { SHAPE_ALARMS } from '../../../lib/monitoring/alarms/shape-alarms';
import { type AlarmJson, alarmsIn } from './alarm-stack';

const ROOT = join(__dirname, '../../..');
const complete = alarmsIn();
const documents = complete.template.findResources('AWS::SSM::Document');

/** What CloudFormation fills in takes the room of the longest name it can become. */
const text = (description: unknown): string =>
  typeof description === 'string'
    ? description
    : (description as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
        .map((part) => (typeof part === 'string' ? part : (documentOf(part) ?? 'x'.repeat(110))))
        .join('');

/** The longest name of a document, which begins with its logical id. */
function documentOf(part: unknown): string | undefined {
  const { Ref: id } = part as { readonly Ref?: string };
  return id !== undefined && id in documents ? id.padEnd(128, '-') : undefined;
}

describe('what an alarm says', () => {
  const { all, composites } = complete;
  const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => heading);
  const textOf = (id: string): string => documents[id]?.['Properties'].Content.description;
  const idIn = ({ AlarmDescription }: AlarmJson): string =>
    /documents\/(\w+?)-+\//.exec(text(AlarmDescription))?.[1] ?? '';

  it.each([...all, ...composites].map((alarm): [string, AlarmJson] => [alarm.AlarmName, alarm]))(
    '%s: symptom, causes, the first command, and its heading of the runbook in the account, in the room there is',
    (_, alarm) => {
      const said = text(alarm.AlarmDescription);
      expect(said.length).toBeLessThanOrEqual(1024);
      expect(said).not.toContain('{threshold}');
      expect(said).toMatch(
        /^First: .+\nRunbook: https:\/\/console\.aws\.amazon\.com\/systems-manager\/documents\/[\w-]+\/description\?region=us-east-1$/m,
      );
      const [, heading] = /^## (.+)\n\nWhat the user sees: /.exec(textOf(idIn(alarm))) ?? [];
      expect(headings).toContain(heading);
    },
  );

  it('the runbook has a heading for each, and no other; each is there once', () => {
    const linked = new Set([...all, ...composites].map(idIn));
    expect([...linked].sort()).toEqual(Object.keys(documents).sort());
    const titles = [...linked].map((id) => /^## (.+)$/m.exec(textOf(id))?.[1]);
    const ofOtherShapes = [SHAPE_ALARMS.webFunction, SHAPE_ALARMS.fargate].flatMap((alarms) =>
      Object.values(alarms).map(({ heading }) => heading),
    );
    expect([...titles, ...ofOtherShapes].sort()).toEqual([...headings].sort());
  });

  it('the runbook knows every finding of the canary', () => {
    const findings = Object.keys(FINDINGS);
    expect(findings.filter((finding) => !runbook.includes(`\`${finding}\``))).toEqual([]);
  });

  it('status pages stand where a host may be to blame, and can be one’s own or none', () => {
    expect(text(complete.named('PrimaryUnavailable')?.AlarmDescription)).toContain('Status: https://status.claude.com');
    expect(text(complete.named('Credential')?.AlarmDescription)).not.toContain('Status:');
    const own = alarmsIn({ statusPages: { Own: 'https://status.example.com' } });
    expect(text(own.named('Exhausted')?.AlarmDescription)).toContain('Status: https://status.example.com\n');
    expect(text(alarmsIn({ statusPages: {} }).named('Exhausted')?.AlarmDescription)).not.toContain('Status:');
  });

  it('the runbook may be one’s own, and then nothing is put into the account', () => {
    const own = alarmsIn({ runbookUrl: 'https://wiki.example.com/claude' });
    expect(text(own.named('Billing')?.AlarmDescription)).toContain(
      'Runbook: https://wiki.example.com/claude#billing-or-spend-limit',
    );
    own.template.resourceCountIs('AWS::SSM::Document', 0);
  });
});
