import type { RouterConfig } from '../../../lib/contract';
import { findStack } from '../../../bin/cli/find-stack';
import { awsSource } from '../../../bin/console/aws-source';
import type { Source } from '../../../console/source';
import type { LogEvent } from '../../../local/logs-insights/run-query';
import { insightsServer, type InsightsServer } from '../../functions/spend-report/insights-server';
import { json, recordingServer, type RecordingServer } from '../../hosts/recording-server';
import { type Account, answersOf, NAME, NOTICE, PAGE, ROUTER, TABLE } from './aws-answers';

export const CONFIG: RouterConfig = {
  hosts: [
    { kind: 'bedrock', name: 'bedrock-us', region: 'us-east-1', profile: 'us' },
    { kind: 'bedrock', name: 'bedrock-eu', region: 'eu-central-1', profile: 'eu' },
  ],
  models: ['claude-haiku-5-5'],
  routes: [{ chain: ['bedrock-us', 'bedrock-eu'] }],
  clients: [{ name: 'alpha', apiKeyId: 'k1', keySha256: 'a'.repeat(64) }],
};

export interface GatewayInAws {
  readonly aws: InsightsServer;
  /** What the gateway itself is asked. */
  readonly door: RecordingServer;
  readonly account: Account;
  open(gateways?: number): Promise<Source>;
  close(): Promise<void>;
}

/** A deployed gateway, its account and its log, on loopback. `change`: of the stack's description. */
export async function gatewayInAws(events: readonly LogEvent[], change: object = {}): Promise<GatewayInAws> {
  const door = await recordingServer((response, request) => {
    const models = [{ model: 'claude-haiku-5-5', state: 'ramping', stage: 25 }];
    const hosts = [
      { name: 'bedrock-us', kind: 'bedrock', models: [] },
      { name: 'bedrock-eu', kind: 'bedrock', models },
    ];
    json(request.path === '/v1/models' ? { data: [{ id: 'claude-haiku-5-5' }] } : { hosts })(response, request);
  });
  const account: Account = {
    description: {
      url: door.url,
      region: 'us-east-1',
      healthTable: { name: TABLE },
      router: ROUTER,
      pageTopic: PAGE,
      noticeTopic: NOTICE,
      key: 'gateway-key',
      ...change,
    },
    config: CONFIG,
    metrics: {},
    table: [],
    canary: [],
    alarms: [],
    history: [],
  };
  const aws = await insightsServer(events, answersOf(account));
  const before = { ...process.env };
  Object.assign(process.env, aws.env, { AWS_MAX_ATTEMPTS: '1', AWS_EC2_METADATA_DISABLED: 'true' });
  return {
    aws,
    door,
    account,
    open: async (gateways) => awsSource(await findStack({ stack: NAME, region: 'us-east-1' }), gateways),
    async close() {
      process.env = before;
      await aws.close();
      await door.close();
    },
  };
}

/** `service Operation`, in the order in which AWS was asked. */
export const askedOf = ({ requests }: InsightsServer): string[] =>
  requests.map(({ headers, body, path }) => {
    const service = /\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(String(headers.authorization))?.[1];
    const target = String(headers['x-amz-target'] ?? '')
      .split('.')
      .at(-1);
    return `${service} ${target || new URLSearchParams(String(body)).get('Action') || decodeURIComponent(path)}`;
  });
