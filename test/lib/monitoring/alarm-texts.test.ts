import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FINDINGS } from '../../../lib/contract';
import { anchorOf } from '../../../lib/monitoring/alarms/make-alarm';
import { type AlarmJson, alarmsIn } from './alarm-stack';

const ROOT = join(__dirname, '../../..');
const complete = alarmsIn();

/** What CloudFormation fills in takes the room of the longest name it can become. */
const text = (description: unknown): string =>
  typeof description === 'string'
    ? description
    : (description as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
        .map((part) => (typeof part === 'string' ? part : 'x'.repeat(110)))
        .join('');

describe('what an alarm says', () => {
  const { all, composites } = complete;
  const runbook = readFileSync(join(ROOT, 'docs/runbook.md'), 'utf8');
  const headings = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

  it.each([...all, ...composites].map((alarm): [string, AlarmJson] => [alarm.AlarmName, alarm]))(
    '%s: symptom, causes, the first command, and its heading in the runbook, in the room there is',
    (_, { AlarmDescription }) => {
      const said = text(AlarmDescription);
      expect(said.length).toBeLessThanOrEqual(1024);
      expect(said).not.toContain('{threshold}');
      const [, address = '', anchor = ''] = /^First: .+\nRunbook: (\S+)#(\S+)$/m.exec(said) ?? [];
      expect(address).toMatch(/^https:.*\/docs\/runbook\.md$/);
      expect(headings).toContain(anchor);
    },
  );

  it('the runbook has a heading for each, and no other', () => {
    const anchors = [...all, ...composites].map(({ AlarmDescription }) => /#(\S+)$/.exec(text(AlarmDescription))?.[1]);
    expect([...new Set(anchors)].sort()).toEqual([...headings].sort());
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

  it('the runbook is the one of the repository, or one’s own', () => {
    const { repository } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      repository: { url: string };
    };
    expect(text(complete.named('Billing')?.AlarmDescription)).toContain(
      `Runbook: ${repository.url.replace('.git', '')}/`,
    );
    const own = alarmsIn({ runbookUrl: 'https://wiki.example.com/claude' });
    expect(text(own.named('Billing')?.AlarmDescription)).toContain(
      'Runbook: https://wiki.example.com/claude#billing-or-spend-limit',
    );
  });
});
