import { invokeRouter, type RouterAnswer } from '../../../lambda/functions/pre-traffic/invoke-router';
import { probeEvent } from '../../../lambda/functions/pre-traffic/probe-event';
import { recordingServer, type RecordingServer, type Reply } from '../../hosts/recording-server';
import { invocation, streamed } from './lambda-service';

const VERSION = 'arn:aws:lambda:eu-central-1:111122223333:function:Router-abc:7';
const event = probeEvent({ host: 'anthropic', model: 'claude-haiku-5-5' });

let lambda: RecordingServer;
beforeEach(async () => (lambda = await recordingServer()));
afterEach(() => lambda.close());

function answerTo(reply: Reply, timeoutMs?: number): Promise<RouterAnswer> {
  lambda.reply = reply;
  const env = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL: lambda.url };
  return invokeRouter(VERSION, event, env, timeoutMs);
}

test('the version is invoked as API Gateway does it, with its event', async () => {
  await answerTo(invocation(streamed(200, {}, '{}')));
  const [request] = lambda.requests;
  expect(request?.method).toBe('POST');
  expect(request?.path).toBe(
    '/2021-11-15/functions/arn%3Aaws%3Alambda%3Aeu-central-1%3A111122223333%3Afunction%3ARouter-abc%3A7/response-streaming-invocations',
  );
  expect(request?.headers.authorization).toContain('/eu-central-1/lambda/aws4_request');
  expect(JSON.parse(String(request?.body))).toEqual(event);
});

test('status, trace and body are put together from chunks that are cut anywhere', async () => {
  const body = JSON.stringify({ type: 'message', text: 'Grüße'.repeat(20) });
  const answer = await answerTo(invocation(streamed(200, { 'x-failover-trace': 'anthropic:ok' }, body)));
  expect(answer).toEqual({ status: 200, trace: 'anthropic:ok', body });
});

test.each<[string, Reply, RegExp]>([
  [
    'a version that crashes',
    invocation(Buffer.alloc(0), { ErrorCode: 'Runtime.ExitError', ErrorDetails: 'RequestId: 1 Error: Runtime exited' }),
    /the function failed: Runtime.ExitError RequestId: 1 Error: Runtime exited/,
  ],
  ['an answer that is cut off', invocation(streamed(200, {}, '{"type":'), null), /the function answered in part only/],
  ['an answer without a status', invocation(Buffer.from('{"message":"x"}')), /the function answered without a status/],
  [
    'a call that Lambda refuses',
    (response) => response.writeHead(403).end('{"message":"not authorized to perform: lambda:InvokeFunction"}'),
    /lambda answered 403: .*lambda:InvokeFunction/,
  ],
])('%s is told as what it is', async (_, reply, message) => {
  await expect(answerTo(reply)).rejects.toThrow(message);
});

test('a version that hangs is given up, once', async () => {
  await expect(answerTo(() => undefined, 50)).rejects.toThrow(/lambda in eu-central-1 cannot be called: .*timeout/);
  expect(lambda.requests).toHaveLength(1);
});
