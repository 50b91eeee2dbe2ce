import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { CANARY_METRICS, METRICS } from '../../../lib/contract';
import { FailoverGateway } from '../../../lib/gateway/failover-gateway';
import type { FailoverGatewayProps } from '../../../lib/gateway/failover-gateway-props';
import { Host } from '../../../lib/hosts/host';

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly width: number;
  readonly properties: { readonly title?: string; readonly query?: string; readonly alarms?: unknown[] };
}

function widgets(props: Partial<FailoverGatewayProps> = {}): Widget[] {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region: 'us-east-1' } });
  new FailoverGateway(stack, 'Gateway', {
    models: ['claude-haiku-5-5'],
    chain: [Host.bedrock({ region: 'us-east-1' }), Host.bedrock({ region: 'us-west-2', name: 'second' })],
    pageEmails: ['on-call@example.com'],
    ...props,
  });
  const [dashboard] = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Dashboard'));
  if (dashboard === undefined) return [];
  const parts = dashboard['Properties']['DashboardBody']['Fn::Join'][1] as unknown[];
  const body = parts.map((part) => (typeof part === 'string' ? part : 'token')).join('');
  return (JSON.parse(body) as { widgets: Widget[] }).widgets;
}

const named = (all: readonly Widget[], title: string): string =>
  JSON.stringify(all.find(({ properties }) => properties.title === title));

test('the dashboard shows every host in who served, its share, failed attempts and first content', () => {
  const all = widgets();
  for (const title of [
    'Who served',
    'Share of the answers',
    'Failed attempts',
    'First content, p50',
    'First content, p95',
    'First content, p99',
  ]) {
    expect(named(all, title)).toContain('"second"');
  }
  expect(named(all, 'Who served')).toContain(METRICS.hostFailures);
});

test('every row is as wide as the page', () => {
  const rows = new Map<number, number>();
  for (const widget of widgets() as (Widget & { readonly y: number })[]) {
    rows.set(widget.y, (rows.get(widget.y) ?? 0) + widget.width);
  }
  expect([...new Set(rows.values())]).toEqual([24]);
});

test('detail that would be dear as metrics comes from log lines, and alarms show their states', () => {
  const all = widgets();
  expect(named(all, 'Tokens and cost')).toContain(
    'sum(costUsd) * 1000000 / sum(tokens) as usdPerMillion by host, model',
  );
  expect(named(all, 'Failures by type')).toContain('by host, outcome, detail');
  expect(all.find(({ type }) => type === 'alarm')?.properties.alarms?.length).toBeGreaterThan(10);
});

test('the canary has its rows, and takes them along', () => {
  expect(JSON.stringify(widgets())).toContain(CANARY_METRICS.hostQuotaHeadroom);
  expect(named(widgets(), 'Host by form of request: the last outcome')).toContain('by host, shape');
  expect(JSON.stringify(widgets({ canary: { enabled: false } }))).not.toContain(CANARY_METRICS.hostQuotaHeadroom);
});

test('a gateway may be without a dashboard', () => {
  expect(widgets({ dashboard: false })).toEqual([]);
});
