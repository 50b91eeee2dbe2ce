import { recordingServer, type RecordingServer } from '../../hosts/recording-server';
import { invocation, streamed } from './lambda-service';

const HOOK = { DeploymentId: 'd-ABCDEF123', LifecycleEventHookExecutionId: 'eyJlbmNyeXB0ZWREYXRhIjoi' };
const MESSAGE = JSON.stringify({ type: 'message', role: 'assistant', content: [] });

let aws: RecordingServer;
const before = { ...process.env };
beforeEach(async () => {
  // The environment is read once, at the start of the function.
  jest.resetModules();
  aws = await recordingServer();
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: aws.url,
    ROUTER_VERSION: 'arn:aws:lambda:eu-central-1:111122223333:function:Router:7',
    ROUTER_ALIAS: 'arn:aws:lambda:eu-central-1:111122223333:function:Router:live',
    PROBES: JSON.stringify([{ host: 'anthropic', model: 'claude-haiku-5-5' }]),
  });
});
afterEach(async () => {
  process.env = before;
  await aws.close();
});

const OVERLOADED = '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}';

test.each([
  ['Succeeded', 'INFO', 'the new version answers', { next: MESSAGE, live: MESSAGE }],
  ['Failed', 'ERROR', 'the new version does not, and the one before does', { next: OVERLOADED, live: MESSAGE }],
  ['Succeeded', 'WARN', 'the host is down for both', { next: OVERLOADED, live: OVERLOADED }],
])('CodeDeploy hears %s, and the log says %s, when %s', async (verdict, level, _, answers) => {
  const log = jest.spyOn(console, 'log').mockReturnValue();
  aws.reply = (response, request) => {
    if (!request.path.startsWith('/2021-11-15/functions/')) return void response.end('{}');
    const body = request.path.includes('%3Alive/') ? answers.live : answers.next;
    invocation(streamed(body === MESSAGE ? 200 : 529, { 'x-failover-trace': 'anthropic:x' }, body))(response);
  };
  const { handler } = await import('../../../lambda/functions/pre-traffic/index');
  await handler(HOOK, { getRemainingTimeInMillis: () => 900_000 });
  const report = aws.requests.at(-1);
  expect(report?.headers['x-amz-target']).toBe('CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus');
  expect(JSON.parse(String(report?.body))).toEqual({
    deploymentId: HOOK.DeploymentId,
    lifecycleEventHookExecutionId: HOOK.LifecycleEventHookExecutionId,
    status: verdict,
  });
  expect(log.mock.calls.map(([line]) => JSON.parse(String(line)).level)).toContain(level);
  log.mockRestore();
});
