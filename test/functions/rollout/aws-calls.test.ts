import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ringing, startFailure } from '../../../lambda/functions/rollout/signals';
import { WebFunctionEndpoint } from '../../../lambda/functions/rollout/web-function-endpoint';

interface Asked {
  readonly call: string;
  readonly body: unknown;
}
type Answer = readonly [status: number, body: object];

/** A stand-in for what AWS answers, one answer a call. */
let answers: Answer[];
let asked: Asked[];
let server: Server;
let env: Record<string, string>;
beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += String(part)));
    request.on('end', () => {
      const call = String(request.headers['x-amz-target'] ?? `${request.method} ${request.url}`);
      asked.push({ call, body: text === '' ? undefined : JSON.parse(text) });
      const [status, body] = answers.shift() ?? [500, {}];
      response.writeHead(status).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
  };
});
afterAll(() => server.close());
beforeEach(() => {
  answers = [];
  asked = [];
});

const PATH = '/2025-03-07/web-functions/my-function/endpoints/prod';
const endpoint = (): WebFunctionEndpoint => new WebFunctionEndpoint('my-function', 'prod', env, async () => undefined);
const weights = [{ revisionId: 'old', weight: 100 }];

it('finds where clients come in, and which revision they meet', async () => {
  answers = [[200, { domainName: 'abc.lambda-web.us-east-1.on.aws', revisionWeights: weights, state: 'Active' }]];
  expect(await endpoint().live()).toEqual({ url: 'https://abc.lambda-web.us-east-1.on.aws', weights });
  expect(asked).toEqual([{ call: `GET ${PATH}`, body: undefined }]);
});

it('takes an endpoint that is not there yet for none', async () => {
  answers = [[404, { message: 'not found' }]];
  expect(await endpoint().live()).toBeUndefined();
});

it('waits until an endpoint serves by its new weights', async () => {
  answers = [
    [202, {}],
    [200, { updateStatus: 'InProgress' }],
    [200, { updateStatus: 'Successful' }],
  ];
  await endpoint().shift(weights);
  expect(asked.map(({ call }) => call)).toEqual([`PATCH ${PATH}`, `GET ${PATH}`, `GET ${PATH}`]);
  expect(asked[0]?.body).toEqual({ revisionWeights: weights });
});

it('fails with what Lambda says of weights that it does not take', async () => {
  answers = [
    [202, {}],
    [200, { updateStatus: 'Failed', updateStatusReason: 'revision old is not active' }],
  ];
  await expect(endpoint().shift(weights)).rejects.toThrow('revision old is not active');
});

it('reads the kind of error in the last start report, and none of its text', async () => {
  const record = { status: 'failure', errorType: 'Runtime.ExitError', errorMessage: 'secret text' };
  answers = [[200, { events: [{ message: JSON.stringify({ type: 'platform.initReport', record }) }] }]];
  const found = await startFailure('my-group', env);
  expect(found).toContain('Runtime.ExitError');
  expect(found).not.toContain('secret text');
  expect(asked[0]?.body).toMatchObject({ logGroupName: 'my-group' });
});

it('knows of no failure where the log has none', async () => {
  answers = [[200, { events: [] }]];
  expect(await startFailure('my-group', env)).toBeUndefined();
});

it('names the alarms that are on', async () => {
  // CloudWatch itself leaves out those in another state.
  answers = [[200, { MetricAlarms: [{ AlarmName: 'Exhausted', StateValue: 'ALARM' }] }]];
  expect(await ringing(['Errors', 'Exhausted'], env)).toEqual(['Exhausted']);
  expect(asked[0]?.call).toBe('GraniteServiceVersion20100801.DescribeAlarms');
  expect(asked[0]?.body).toMatchObject({ AlarmNames: ['Errors', 'Exhausted'], StateValue: 'ALARM' });
});
