import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readSecret } from '../../lambda/aws/secrets';

const asked: { readonly authorization: string; readonly id: string }[] = [];
let server: Server;
let env: Record<string, string>;

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += String(part)));
    request.on('end', () => {
      const { SecretId: id } = JSON.parse(body) as { SecretId: string };
      asked.push({ authorization: request.headers.authorization ?? '', id });
      response.end(JSON.stringify({ SecretString: 'value' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  env = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'eu-west-1',
  };
});
afterAll(() => server.close());

const arn = (region: string): string => `arn:aws:secretsmanager:${region}:123456789012:secret:key-AbCdEf`;

it.each([
  ['where the router runs, if there are replicas', 'eu-west-1,eu-central-1', 'eu-west-1'],
  ['in its own region, if the replicas are elsewhere', 'eu-central-1', 'us-east-1'],
  ['in its own region, if there are none', '', 'us-east-1'],
])('reads a secret %s', async (_where, replicas, region) => {
  await readSecret(arn('us-east-1'), true, { ...env, FAILOVER_SECRET_REPLICAS: replicas });
  expect(asked.at(-1)).toEqual({
    authorization: expect.stringContaining(`/${region}/secretsmanager/`),
    id: arn(region),
  });
});
