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
    PROBES: JSON.stringify([{ host: 'anthropic', model: 'claude-haiku-5-5' }]),
  });
});
afterEach(async () => {
  process.env = before;
  await aws.close();
});

test.each([
  ['Succeeded', 200, MESSAGE],
  ['Failed', 529, '{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'],
])('CodeDeploy hears %s when the router answers %d', async (verdict, status, body) => {
  const log = jest.spyOn(console, 'log').mockReturnValue();
  aws.reply = (response, request) =>
    request.path.startsWith('/2021-11-15/functions/')
      ? invocation(streamed(status, { 'x-failover-trace': 'anthropic:x' }, body))(response)
      : response.end('{}');
  const { handler } = await import('../../../lambda/functions/pre-traffic/index');
  await handler(HOOK);
  const report = aws.requests.at(-1);
  expect(report?.headers['x-amz-target']).toBe('CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus');
  expect(JSON.parse(String(report?.body))).toEqual({
    deploymentId: HOOK.DeploymentId,
    lifecycleEventHookExecutionId: HOOK.LifecycleEventHookExecutionId,
    status: verdict,
  });
  expect(log.mock.calls.map(([line]) => JSON.parse(String(line)).level)).toContain(
    verdict === 'Succeeded' ? 'INFO' : 'ERROR',
  );
});
