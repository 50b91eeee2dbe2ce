import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { RouterAnswer } from '../../../lambda/functions/pre-traffic/invoke-router';
import type { InvokeRouter } from '../../../lambda/functions/pre-traffic/probe-host';
import { runHook, type HookStatus } from '../../../lambda/functions/pre-traffic/run-hook';
import { createRouter, type Router } from '../../../lambda/gateway/create-router';
import { lambdaRequest } from '../../../lambda/functions/router/lambda-request';
import type { RouterConfig } from '../../../lib/contract';
import { json, recordingServer, type RecordingServer } from '../../hosts/recording-server';

const event = { DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'eyJlbmNyeXB0ZWREYXRhIjoi' };
const context = { awsRequestId: 'probe-1', getRemainingTimeInMillis: () => 900_000 } as Context;
const MODEL = 'claude-haiku-5-5';
const MESSAGE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: MODEL,
  content: [{ type: 'text', text: 'P' }],
  stop_reason: 'max_tokens',
  usage: { input_tokens: 8, output_tokens: 1 },
};
const UNAUTHORIZED = { type: 'error', error: { type: 'authentication_error', message: 'invalid x-api-key' } };

interface Ran {
  readonly status: HookStatus;
  readonly reports: unknown[];
  readonly log: string;
}

async function run(hosts: readonly string[], invoke: InvokeRouter): Promise<Ran> {
  const reports: unknown[] = [];
  const lines: object[] = [];
  const status = await runHook(event, {
    probes: hosts.map((host) => ({ host, model: MODEL })),
    invoke,
    report: async (...report) => void reports.push(report),
    log: (line) => lines.push(line),
  });
  return { status, reports, log: lines.map((line) => JSON.stringify(line)).join('\n') };
}

describe('through the real router', () => {
  let hosts: RecordingServer[];
  let router: Router;

  beforeEach(async () => {
    hosts = await Promise.all([recordingServer(json(MESSAGE)), recordingServer(json(MESSAGE))]);
    const config: RouterConfig = {
      hosts: hosts.map(({ url }, index) => ({
        name: `host-${index}`,
        kind: 'anthropic',
        keys: [{ env: index === 0 ? 'FIRST_KEY' : 'SECOND_KEY' }],
        endpoint: url,
      })),
      models: [MODEL],
      routes: [{ chain: ['host-0', 'host-1'], unaryAsStream: false }],
      clients: [{ name: 'web' }, { name: 'deployment-probe', may: ['only'] }],
      telemetry: { logs: false, metrics: false },
    };
    router = createRouter(config, { FIRST_KEY: 'key-one', SECOND_KEY: 'REPLACE_ME' });
  });
  afterEach(async () => {
    router.close();
    await Promise.all(hosts.map((host) => host.close()));
  });

  /** The router's handler without Lambda's streaming around it. */
  const invoke: InvokeRouter = async (probe): Promise<RouterAnswer> => {
    const request = lambdaRequest(probe as unknown as APIGatewayProxyEvent, context);
    const { status, headers, body } = await router.handle(request, new AbortController().signal);
    return { status, trace: headers['x-failover-trace'] ?? '', body: Buffer.from(body as Uint8Array).toString() };
  };

  it('a probe reaches the host it names and no other, with the smallest request there is', async () => {
    const { status, reports } = await run(['host-0'], invoke);
    expect(status).toBe('Succeeded');
    expect(reports).toEqual([[event, 'Succeeded']]);
    expect(hosts.map(({ requests }) => requests.length)).toEqual([1, 0]);
    expect(JSON.parse(String(hosts[0]?.requests[0]?.body))).toMatchObject({ model: MODEL, max_tokens: 1 });
    expect(JSON.stringify(hosts[0]?.requests[0]?.headers)).not.toContain('x-failover');
  });

  it('a key that is still the placeholder keeps the version from traffic, and the log says what to do', async () => {
    const { status, log } = await run(['host-0', 'host-1'], invoke);
    expect(status).toBe('Failed');
    expect(hosts[1]?.requests).toHaveLength(0);
    expect(log).toContain('host host-0: answers');
    expect(log).toMatch(/host host-1.*\(host-1:credential\).*aws secretsmanager put-secret-value/);
    expect(log).not.toContain('key-one');
  });

  it('a host that refuses its key is found although the next one would answer', async () => {
    hosts[0]!.reply = json(UNAUTHORIZED, 401);
    const { status, reports, log } = await run(['host-0'], invoke);
    expect(status).toBe('Failed');
    expect(reports).toEqual([[event, 'Failed']]);
    expect(log).toMatch(/host host-0, model claude-haiku-5-5: status 502, api_error: .*credential for host 'host-0'/);
  });

  it('a host of a chain that the router does not know is a failure too', async () => {
    const { status, log } = await run(['host-9'], invoke);
    expect(status).toBe('Failed');
    expect(log).toContain("status 400, invalid_request_error: x-failover-only: 'host-9' is not a host of this gateway");
  });
});

describe('a version that cannot be asked', () => {
  it('takes no traffic, and every host is tried before that is said', async () => {
    const asked: unknown[] = [];
    const { status, reports, log } = await run(['a', 'b'], async (probe) => {
      asked.push(probe.headers['x-failover-only']);
      throw new Error('the function failed: Runtime.ExitError');
    });
    expect(asked).toEqual(['a', 'b']);
    expect(status).toBe('Failed');
    expect(reports).toHaveLength(1);
    expect(log).toContain('host b: the new version could not be asked: the function failed: Runtime.ExitError');
  });

  it.each([
    ['says 200 and nothing', ''],
    ['says 200 and no Message', '{"ok":true}'],
    ['says 200 and an error', JSON.stringify(UNAUTHORIZED)],
  ])('or %s, is no host that answers', async (_, body) => {
    const { status } = await run(['a'], async () => ({ status: 200, trace: 'a:ok', body }));
    expect(status).toBe('Failed');
  });
});
