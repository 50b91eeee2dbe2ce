import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stage } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import { loadConfig } from '../../../lambda/gateway/config/load-config';
import { ENV } from '../../../lib/contract';
import type { ClientProps } from '../../../lib/router/client';
import type { FailoverRouter } from '../../../lib/router/failover-router';
import { json, recordingServer, type RecordingServer } from '../../hosts/recording-server';
import { deployed, functionNamed, newStack, routerIn, statementsOf } from './router-stack';

const hashed = (count: number): ClientProps[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `team-${index}`.padEnd(63, 'x'),
    keySha256: index.toString(16).padStart(64, '0'),
  }));

interface Large {
  readonly router: FailoverRouter;
  readonly template: Template;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The asset, as it is uploaded. */
  readonly object: string;
}

function large(clients: ClientProps[] | ((scope: ReturnType<typeof newStack>) => ClientProps[])): Large {
  const stack = newStack();
  const router = routerIn(stack, { clients: typeof clients === 'function' ? clients(stack) : clients });
  const template = Template.fromStack(stack);
  const { Variables: variables } = functionNamed(template, 'Router').Environment;
  const key = /asset\.|([0-9a-f]{64}\.json)/.exec(JSON.stringify(variables[ENV.CONFIG_OBJECT]))?.[1];
  const [file] = globSync(join(Stage.of(stack)!.assetOutdir, `asset.${key}`));
  return { router, template, variables, object: file === undefined ? '' : readFileSync(file, 'utf8') };
}

describe('a thousand clients with keys of their own', () => {
  const { template, variables, object } = large(hashed(1_000));

  it('make a configuration that is one object, and the environment says which', () => {
    expect(deployed(variables[ENV.CONFIG_OBJECT])).toMatch(
      /^cdk-\w+-assets-111122223333-us-east-1\/[0-9a-f]{64}\.json$/,
    );
    expect(variables).not.toHaveProperty(ENV.CONFIG);
    expect(variables).not.toHaveProperty(ENV.CONFIG_PARAMETER);
    expect(JSON.parse(object)).toMatchObject({ clients: { length: 1_001 } });
  });

  it('leave the router no right to any other object', () => {
    const rights = statementsOf(template, 'RouterRole').filter(({ Action }) => JSON.stringify(Action).includes('s3:'));
    expect(rights).toHaveLength(1);
    expect(rights[0]).toMatchObject({ Action: 's3:GetObject', Effect: 'Allow' });
    expect(JSON.stringify(rights[0]?.['Resource'])).toMatch(/-us-east-1\/[0-9a-f]{64}\.json"/);
  });

  it('have another object for another content, so that a version that is rolled back to finds its own', () => {
    const places = [1_000, 999].map((count) => deployed(large(hashed(count)).variables[ENV.CONFIG_OBJECT]));
    expect(new Set(places).size).toBe(2);
    expect(deployed(large(hashed(999)).variables[ENV.CONFIG_OBJECT])).toBe(places[1]);
  });
});

it('stops synth where the object would be too large, with the figures and what to do', () => {
  expect(() => large(hashed(3_000))).toThrow(
    /takes about \d{6} bytes, with 2 hosts, 1 routes and 3001 clients; at most 400000 .*about 1,000 clients.*divide them[^]*"Stack\/Router"/,
  );
});

it('puts a hundred teams of API Gateway into a parameter, where an id takes ten bytes', () => {
  const { variables } = large((stack) =>
    Array.from({ length: 100 }, (_, index) => ({
      name: `team-${index}`,
      apiKeyId: new apigateway.ApiKey(stack, `Key${index}`).keyId,
    })),
  );
  expect(variables).toHaveProperty(ENV.CONFIG_PARAMETER);
});

describe('the router', () => {
  let aws: RecordingServer;
  beforeEach(async () => (aws = await recordingServer()));
  afterEach(() => aws.close());

  it('reads the object it was published with, and fills in what only the deployment knew', async () => {
    const { template, variables, object } = large((stack) => [
      ...hashed(200),
      { name: 'first', apiKeyId: new apigateway.ApiKey(stack, 'First').keyId },
    ]);
    const [[id, parameter]] = Object.entries(template.findResources('AWS::SSM::Parameter')) as [
      [string, { Properties: { Value: unknown } }],
    ];
    expect(variables[ENV.CONFIG_VALUES]).toEqual({ Ref: id });
    const place = deployed(variables[ENV.CONFIG_OBJECT]);
    aws.reply = (response, request) =>
      request.method === 'GET'
        ? response.end(object)
        : json({ Parameter: { Value: deployed(parameter.Properties.Value) } })(response, request);

    const config = await loadConfig({
      [ENV.CONFIG_OBJECT]: place,
      [ENV.CONFIG_VALUES]: 'Values',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL: aws.url,
    });
    expect(config.clients).toHaveLength(202);
    expect(config.clients).toContainEqual({ name: 'first', apiKeyId: 'filled-in' });
    expect(config.hosts[0]).toMatchObject({ keys: [{ secretArn: expect.stringMatching(/^arn:aws:secretsmanager:/) }] });
    const get = aws.requests.find(({ method }) => method === 'GET');
    expect(get?.path).toBe(`/${place}`);
    expect(get?.headers.authorization).toMatch(/\/us-east-1\/s3\/aws4_request/);
    // S3 refuses a signature without it.
    expect(get?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('says which object it cannot read, and what to do', async () => {
    aws.reply = (response) => response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>');
    const env = {
      [ENV.CONFIG_OBJECT]: 'bucket/key.json',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'a',
      AWS_SECRET_ACCESS_KEY: 'b',
      AWS_ENDPOINT_URL: aws.url,
    };
    await expect(loadConfig(env)).rejects.toThrow(
      /the S3 object bucket\/key\.json, named by FAILOVER_CONFIG_OBJECT.*AccessDenied.*s3:GetObject/,
    );
  });
});
