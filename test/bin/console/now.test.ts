import { headlineOf } from '../../../console/view/headline';
import { askedOf, gatewayInAws, type GatewayInAws } from './gateway-in-aws';
import { NAME, NOTICE, PAGE } from './aws-answers';
import { attemptLines } from './lines-of';

const MODEL = 'claude-haiku-5-5';
let gateway: GatewayInAws | undefined;
afterEach(() => gateway?.close());

const now = (): number => Date.now();

test('an outage is seen on one look: who is down and why, who answers, what clients feel, which alarm is on', async () => {
  gateway = await gatewayInAws(attemptLines(now() - 60_000, { outcome: 'overloaded', host: 'bedrock-us' }, 6));
  const { account } = gateway;
  account.metrics = {
    'Requests||Sum': 40,
    'Failovers||Sum': 6,
    'Exhausted||Sum': 1,
    'StreamDied||Sum': 1,
    'Cost||Sum': 0.5,
    'TimeToFirstContent||p50': 400,
    'TimeToFirstContent||p95': 1800,
    'HostFailures|bedrock-us|SampleCount': 36,
    'HostFailures|bedrock-us|Sum': 6,
    'HostFailures|bedrock-eu|SampleCount': 10,
    'HostQuotaHeadroom|bedrock-eu|Minimum': 180,
  };
  const until = now() + 60_000;
  account.table = [
    { type: 'health', host: 'bedrock-us', scope: MODEL, state: 'down', until, reason: 'overloaded', at: now() },
    { type: 'override', host: '(region)', action: 'drain', until, at: now(), by: 'ops' },
  ];
  const canaryAt = now() - 30_000;
  account.canary = [
    { type: 'result', host: 'bedrock-us', model: MODEL, shape: 'plain', outcome: 'outage', at: canaryAt, elapsedMs: 9 },
  ];
  account.alarms = [
    {
      AlarmName: `${NAME}/Gateway/Alarms/PrimaryDown`,
      AlarmDescription: 'The first host does not answer.\nFirst: look',
      AlarmActions: [PAGE],
      StateValue: 'ALARM',
      StateTransitionedTimestamp: 1_790_000_000.5,
    },
    {
      AlarmName: `${NAME}/Gateway/Alarms/Quota`,
      AlarmDescription: 'Scarce.',
      AlarmActions: [NOTICE],
      StateValue: 'ALARM',
    },
    { AlarmName: `${NAME}/Gateway/Alarms/Billing`, AlarmActions: [NOTICE], StateValue: 'OK' },
  ];
  const source = await gateway.open();
  const seen = await source.now();
  expect(seen).toMatchObject({
    name: `${NAME} in us-east-1`,
    region: 'us-east-1',
    outUntil: until,
    canaryAt,
    traffic: { minutes: 5, requests: 40, failed: 2, failovers: 6, costUsd: 0.5, firstContent: { p50: 400, p95: 1800 } },
    alarms: [
      {
        id: 'PrimaryDown',
        tells: 'page',
        since: 1_790_000_000_500,
        text: 'The first host does not answer.\nFirst: look',
      },
      { id: 'Quota', tells: 'notice' },
    ],
    links: [
      {
        host: 'bedrock-us',
        share: 0.75,
        failures: { overloaded: 6 },
        models: [{ model: MODEL, state: 'open', reason: 'overloaded', until }],
        checks: [{ model: MODEL, shape: 'plain', outcome: 'outage', at: canaryAt }],
      },
      { host: 'bedrock-eu', share: 0.25, failures: {}, headroom: 180, models: [{ state: 'ramping', stage: 25 }] },
    ],
  });
  expect(headlineOf(seen).text).toContain('bedrock-us is overloaded');
});

test('a look soon after another asks AWS for nothing', async () => {
  gateway = await gatewayInAws([]);
  const source = await gateway.open();
  await source.now();
  const asked = gateway.aws.requests.length;
  await source.now();
  expect(gateway.aws.requests.length).toBe(asked);
});

test('a gateway that cannot be reached from here is still seen, by what routers tell each other', async () => {
  gateway = await gatewayInAws([], { url: 'http://127.0.0.1:9' });
  const until = now() + 60_000;
  const drain = { type: 'override', action: 'drain', at: now(), by: 'ada' } as const;
  gateway.account.table = [
    { ...drain, host: 'bedrock-us', until },
    { ...drain, host: 'bedrock-eu', until: now() - 1000 },
  ];
  const { links } = await (await gateway.open()).now();
  expect(links[1]?.override).toBeUndefined();
  expect(links[0]).toMatchObject({ host: 'bedrock-us', models: [], override: { action: 'drain', until } });
});

test('where nothing fails, the log costs nothing', async () => {
  gateway = await gatewayInAws([]);
  gateway.account.metrics = { 'HostFailures|bedrock-us|SampleCount': 36, 'HostFailures|bedrock-us|Sum': 2 };
  await (await gateway.open()).now();
  expect(askedOf(gateway.aws).filter((ask) => ask.startsWith('logs'))).toEqual([]);
});

test('nor is there a look for reasons that would cost more than an hour may: failures are only counted', async () => {
  gateway = await gatewayInAws(attemptLines(now() - 60_000, { outcome: 'overloaded', host: 'bedrock-us' }, 6));
  gateway.account.metrics = { 'HostFailures|bedrock-us|Sum': 6, 'IncomingBytes||Sum': 3e9 };
  const { links } = await (await gateway.open()).now();
  expect(links[0]?.failures).toEqual({ 'see its requests': 6 });
  expect(askedOf(gateway.aws)).not.toContain('logs StartQuery');
});
