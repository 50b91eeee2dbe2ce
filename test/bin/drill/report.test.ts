import { reportHtml, reportJson, reportText } from '../../../bin/drill/report';
import type { DrillRecord } from '../../../bin/drill/measure';
import type { Sample } from '../../../local/client/ask';

const START = Date.UTC(2026, 10, 25, 9);

function drill(): DrillRecord {
  const samples = Array.from({ length: 120 }, (_, second): Sample => {
    const at = START + second * 1000;
    const isAway = second >= 33 && second < 95;
    const host = isAway ? 'bedrock-us-east-1' : 'anthropic';
    const failure = second === 31 ? '529 <overloaded_error>' : undefined;
    return {
      at,
      stream: true,
      host: failure === undefined ? host : undefined,
      attempts: 1,
      trace: `${host}:ok`,
      firstMs: isAway ? 420 : 260,
      totalMs: 1500,
      failure,
    };
  });
  const times = { startedAt: START, brokenAt: START + 30_000, healedAt: START + 90_000, endedAt: START + 120_000 };
  return { host: 'anthropic', model: 'claude-haiku-5-5', ...times, isCutShort: false, samples };
}

test('the page says in words what the picture shows, and quotes nothing as HTML', () => {
  const html = reportHtml(drill());
  expect(html).toContain('1 of 120');
  expect(html).toContain('2026-11-25 09:00 UTC');
  expect(html.match(/<circle/g)).toHaveLength(119);
  expect(html).toContain('failed: 529 &lt;overloaded_error&gt;');
  expect(html).not.toContain('<overloaded_error>');
  expect(html).not.toMatch(/https?:/);
});

test('the JSON holds every request and the figures', () => {
  const report = JSON.parse(reportJson(drill())) as Record<string, unknown>;
  expect(report).toMatchObject({
    host: 'anthropic',
    requests: 120,
    failed: 1,
    figures: { switchOverMs: 3000, returnMs: 5000, fullReturnMs: 5000 },
  });
  expect(report['samples']).toHaveLength(120);
});

test('the terminal gets the same figures', () => {
  expect(reportText(drill())).toBe(
    [
      '  failed requests            1 of 120',
      '  switched over after        3.0 s',
      '  first content later by     160 ms',
      '  first answer after repair  5.0 s',
      '  all traffic back after     5.0 s',
    ].join('\n'),
  );
});
