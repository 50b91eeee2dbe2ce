/** Draws the dashboard's own widgets with made-up figures: what CloudWatch will show of a day with an outage. */
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { chromium } from 'playwright-core';
import { FailoverGateway } from '../../lib/gateway/failover-gateway';
import { Host } from '../../lib/hosts/host';
import { ProviderKey } from '../../lib/hosts/provider-key';
import { dashboardPage, type Widget } from './dashboard-page';

const PICTURE = 'docs/images/dashboard.png';

function widgets(): Widget[] {
  const stack = new Stack(new App(), 'ClaudeFailover', { env: { account: '123456789012', region: 'us-east-1' } });
  new FailoverGateway(stack, 'Gateway', {
    models: ['claude-opus-5-5', 'claude-haiku-5-5'],
    chain: [
      Host.anthropic({ keys: [new ProviderKey(stack, 'Key')] }),
      Host.bedrock({ region: 'us-east-1' }),
      Host.bedrock({ region: 'us-west-2' }),
    ],
    pageEmails: ['on-call@example.com'],
  });
  const template = Template.fromStack(stack);
  const names = alarmNames(template);
  const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));
  const parts = dashboard?.['Properties']['DashboardBody']['Fn::Join'][1] as (string | Reference)[];
  const body = parts.map((part) => (typeof part === 'string' ? part : nameOf(part, names))).join('');
  return (JSON.parse(body) as { widgets: Widget[] }).widgets;
}

type Reference = Readonly<Record<string, string | readonly string[]>>;

/** The alarms' own names, without the gateway's path. */
function alarmNames(template: Template): ReadonlyMap<string, string> {
  const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'];
  const alarms = types.flatMap((type) => Object.entries(template.findResources(type)));
  return new Map(alarms.map(([id, { Properties }]) => [id, String(Properties.AlarmName).replace(/^.*\/Alarms\//, '')]));
}

function nameOf(reference: Reference, names: ReadonlyMap<string, string>): string {
  const [id = 'token'] = [reference['Fn::GetAtt'] ?? reference['Ref']].flat();
  return names.get(id) ?? 'token';
}

async function draw(): Promise<void> {
  const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args });
  try {
    const page = await browser.newPage({ viewport: { width: 1240, height: 100 } });
    await page.setContent(dashboardPage(widgets()));
    await page.screenshot({ path: PICTURE, fullPage: true });
    console.log(PICTURE);
  } finally {
    await browser.close();
  }
}

void draw();
