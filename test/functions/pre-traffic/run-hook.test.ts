import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Versions } from '../../../lambda/functions/pre-traffic/judge-host';
import type { InvokeRouter } from '../../../lambda/functions/pre-traffic/probe-host';
import type { HookStatus } from '../../../lambda/functions/hooks/report-hook';
import { runHook } from '../../../lambda/functions/pre-traffic/run-hook';
import { lambdaRequest } from '../../../lambda/functions/router/lambda-request';
import { createRouter, type Router } from '../../../lambda/gateway/create-router';
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
const failure = (type: string, message: string) => ({ type: 'error', error: { type, message } });
const UNAUTHORIZED = failure('authentication_error', 'invalid x-api-key');
const OVERLOADED = failure('overloaded_error', 'Overloaded');

interface Ran {
  readonly status: HookStatus;
  readonly reports: unknown[];
  readonly lines: readonly { readonly level: string; readonly message: string; readonly finding?: string }[];
  readonly log: string;
}

async function run(hosts: readonly string[], versions: Versions, timeLeftMs = () => 900_000): Promise<Ran> {
  const reports: unknown[] = [];
  const lines: Ran['lines'][number][] = [];
  const status = await runHook(event, {
    ...versions,
    probes: hosts.map((host) => ({ host, model: MODEL })),
    timeLeftMs,
    report: async (...report) => void reports.push(report),
    log: (line) => lines.push(line),
  });
  return { status, reports, lines, log: lines.map((line) => JSON.stringify(line)).join('\n') };
}

describe('through the real router', () => {
  let hosts: RecordingServer[];
  const routers: Router[] = [];

  beforeEach(async () => {
    hosts = await Promise.all([recordingServer(json(MESSAGE)), recordingServer(json(MESSAGE))]);
  });
  afterEach(async () => {
    for (const router of routers.splice(0)) router.close();
    await Promise.all(hosts.map((host) => host.close()));
  });

  /** A version of the router: its handler without Lambda's streaming around it. */
  function version({ known = 2, secondKey = 'key-two' } = {}): InvokeRouter {
    const config: RouterConfig = {
      hosts: hosts.slice(0, known).map(({ url }, index) => ({
        name: `host-${index}`,
        kind: 'anthropic',
        keys: [{ env: index === 0 ? 'FIRST_KEY' : 'SECOND_KEY' }],
        endpoint: url,
      })),
      models: [MODEL],
      routes: [{ chain: ['host-0', 'host-1'].slice(0, known), unaryAsStream: false }],
      clients: [{ name: 'web' }, { name: 'deployment-probe', may: ['only'] }],
      telemetry: { logs: false, metrics: false },
    };
    const router = createRouter(config, { FIRST_KEY: 'key-one', SECOND_KEY: secondKey });
    routers.push(router);
    return async (probe) => {
      const request = lambdaRequest(probe as unknown as APIGatewayProxyEvent, context);
      const { status, headers, body } = await router.handle(request, new AbortController().signal);
      return { status, trace: headers['x-failover-trace'] ?? '', body: Buffer.from(body as Uint8Array).toString() };
    };
  }
  const asked = () => hosts.map(({ requests }) => requests.length);

  it('a probe reaches the host it names and no other, with the smallest request there is', async () => {
    const { status, reports } = await run(['host-0'], { next: version(), live: version() });
    expect(status).toBe('Succeeded');
    expect(reports).toEqual([[event, 'Succeeded']]);
    // By each of the versions.
    expect(asked()).toEqual([2, 0]);
    expect(JSON.parse(String(hosts[0]?.requests[0]?.body))).toMatchObject({ model: MODEL, max_tokens: 1 });
    expect(JSON.stringify(hosts[0]?.requests[0]?.headers)).not.toContain('x-failover');
  });

  it('a host that is down under both versions only warns, with its finding, so that a change can go out meanwhile', async () => {
    hosts[1]!.reply = json(OVERLOADED, 529);
    const { status, reports, lines } = await run(['host-0', 'host-1'], { next: version(), live: version() });
    expect(status).toBe('Succeeded');
    expect(reports).toEqual([[event, 'Succeeded']]);
    expect(lines).toContainEqual(expect.objectContaining({ level: 'INFO', message: 'host host-0: answers' }));
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        finding: 'outage',
        message: expect.stringMatching(
          /^host host-1: .*529.*\. It does not answer through the version that has the traffic/,
        ),
      }),
    );
  });

  it('so does a key that is a placeholder in both, and the log says what to do', async () => {
    const versions = { next: version({ secondKey: 'REPLACE_ME' }), live: version({ secondKey: 'REPLACE_ME' }) };
    const { status, log } = await run(['host-0', 'host-1'], versions);
    expect(status).toBe('Succeeded');
    expect(hosts[1]?.requests).toHaveLength(0);
    expect(log).toMatch(/host host-1.*\(host-1:credential\).*aws secretsmanager put-secret-value/);
    expect(log).not.toContain('key-one');
  });

  it('a host that answers under the old version and not under the new one keeps it from traffic', async () => {
    const versions = { next: version({ secondKey: 'REPLACE_ME' }), live: version() };
    const { status, reports, lines } = await run(['host-0', 'host-1'], versions);
    expect(status).toBe('Failed');
    expect(reports).toEqual([[event, 'Failed']]);
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'ERROR',
        finding: 'credential',
        message: expect.stringMatching(/^host host-1: .*It answers through the version that has the traffic$/),
      }),
    );
  });

  it('a host that is new only warns: without it the chain is what it was', async () => {
    const versions = { next: version({ secondKey: 'REPLACE_ME' }), live: version({ known: 1 }) };
    const { status, lines } = await run(['host-0', 'host-1'], versions);
    expect(status).toBe('Succeeded');
    expect(lines).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        finding: 'credential',
        message: expect.stringContaining('The version that has the traffic does not know it'),
      }),
    );
  });

  it('a host that refuses its key is found although the next one would answer', async () => {
    hosts[0]!.reply = json(UNAUTHORIZED, 401);
    const { log } = await run(['host-0'], { next: version(), live: version() });
    expect(log).toMatch(/host host-0: model claude-haiku-5-5, status 502, api_error: .*credential for host 'host-0'/);
  });

  it('a host of the chain that the new version does not know keeps it from traffic: it is not what was meant', async () => {
    const { status, log } = await run(['host-9'], { next: version(), live: version() });
    expect(status).toBe('Failed');
    expect(log).toContain('host host-9: the new version does not ask it: model claude-haiku-5-5, status 400');
    expect(log).toContain("x-failover-only: 'host-9' is not a host of this gateway");
    expect(asked()).toEqual([0, 0]);
  });
});

describe('two versions', () => {
  const sound: InvokeRouter = async () => ({ status: 200, trace: 'a:ok', body: JSON.stringify(MESSAGE) });
  const down: InvokeRouter = async () => ({ status: 529, trace: 'a:overloaded', body: JSON.stringify(OVERLOADED) });
  const broken: InvokeRouter = async () => {
    throw new Error('the function failed: Runtime.ExitError');
  };
  const inTurn = (...answers: InvokeRouter[]): InvokeRouter => {
    const left = [...answers];
    return (probe) => left.shift()!(probe);
  };

  it('a version that cannot be asked takes no traffic, whatever the one before does, and every host is tried before that is said', async () => {
    const asked: unknown[] = [];
    const next: InvokeRouter = (probe) => {
      asked.push(probe.headers['x-failover-only']);
      return broken(probe);
    };
    const { status, reports, log } = await run(['a', 'b'], { next, live: broken });
    expect(asked).toEqual(['a', 'b']);
    expect(status).toBe('Failed');
    expect(reports).toHaveLength(1);
    expect(log).toContain('host b: the new version could not be asked: the function failed: Runtime.ExitError');
  });

  it('the one before is asked first: what the new one finds out of a host by its own fault, it would hear of too', async () => {
    let isKnownAsDown = false;
    const next: InvokeRouter = (probe) => {
      isKnownAsDown = true;
      return down(probe);
    };
    const live: InvokeRouter = (probe) => (isKnownAsDown ? down(probe) : sound(probe));
    expect((await run(['a'], { next, live })).status).toBe('Failed');
  });

  it('one that is broken itself keeps nothing back: what repairs it must go out', async () => {
    const { status, log } = await run(['a'], { next: down, live: broken });
    expect(status).toBe('Succeeded');
    expect(log).toContain('The version that has the traffic does not answer at all');
  });

  it('a host that flaps is asked again before it keeps a version from traffic', async () => {
    const flapped = await run(['a'], { next: inTurn(down, sound), live: sound });
    expect(flapped.status).toBe('Succeeded');
    expect(flapped.lines).toMatchObject([{ level: 'INFO', message: 'host a: answers, when asked again' }]);
    expect((await run(['a'], { next: inTurn(down, down), live: sound })).status).toBe('Failed');
    expect((await run(['a'], { next: inTurn(down, broken), live: sound })).status).toBe('Failed');
  });

  it.each([
    ['says 200 and nothing', ''],
    ['says 200 and no Message', '{"ok":true}'],
    ['says 200 and an error', JSON.stringify(UNAUTHORIZED)],
  ])('one that %s has no host that answers', async (_, body) => {
    const next: InvokeRouter = async () => ({ status: 200, trace: 'a:ok', body });
    expect((await run(['a'], { next, live: sound })).status).toBe('Failed');
  });

  it('a host that the router skips has the finding of the error that says why', async () => {
    const skipped: InvokeRouter = async () => ({
      status: 429,
      trace: 'a:skipped-breaker',
      body: JSON.stringify(failure('rate_limit_error', 'too many')),
    });
    expect((await run(['a'], { next: skipped, live: skipped })).lines).toMatchObject([{ finding: 'throttled' }]);
    const byReason: InvokeRouter = async (probe) => ({ ...(await skipped(probe)), trace: 'a:skipped-credential' });
    expect((await run(['a'], { next: byReason, live: byReason })).lines).toMatchObject([{ finding: 'credential' }]);
  });

  it('CodeDeploy is told in time, also where so many hosts hang that some are not asked', async () => {
    let left = 900_000;
    const hanging: InvokeRouter = async () => {
      left -= 65_000;
      return down(undefined as never);
    };
    const hosts = Array.from({ length: 40 }, (_, index) => `host-${index}`);
    const { status, reports, lines } = await run(hosts, { next: hanging, live: hanging }, () => left);
    expect(status).toBe('Succeeded');
    expect(reports).toEqual([[event, 'Succeeded']]);
    expect(lines).toHaveLength(hosts.length);
    expect(lines.filter(({ message }) => message.includes('not asked')).length).toBeGreaterThan(0);
    expect(left).toBeGreaterThan(0);
  });
});
