import type { HostKind } from '../../../lib/contract';
import type { Fault } from '../../../local/hosts';
import { receive, send, soundCall, useHosts } from './caller';

const start = useHosts();

type Seen = readonly [status: number, type: string];
const json = (text: string) => JSON.parse(text) as Record<string, never>;

/** Reads the kind of error the way a client of each vendor would. */
function read(kind: HostKind, status: number, headers: Headers, text: string): Seen {
  const body = json(text) as { error?: { type?: string; status?: string; code?: string } };
  const aws = headers.get('x-amzn-errortype')?.split(':')[0];
  return [status, aws ?? body.error?.type ?? body.error?.status ?? String(body.error?.code ?? kind)];
}

const EXPECTED: readonly (readonly [Fault['kind'], Record<'anthropic' | 'bedrock' | 'vertex' | 'foundry', Seen>])[] = [
  [
    'overloaded',
    {
      anthropic: [529, 'overloaded_error'],
      bedrock: [503, 'ServiceUnavailableException'],
      vertex: [529, 'overloaded_error'],
      foundry: [529, 'overloaded_error'],
    },
  ],
  [
    'rate-limited',
    {
      anthropic: [429, 'rate_limit_error'],
      bedrock: [429, 'ThrottlingException'],
      vertex: [429, 'RESOURCE_EXHAUSTED'],
      foundry: [429, 'rate_limit_error'],
    },
  ],
  [
    'server-error',
    {
      anthropic: [500, 'api_error'],
      bedrock: [500, 'InternalServerException'],
      vertex: [500, 'INTERNAL'],
      foundry: [500, 'api_error'],
    },
  ],
  [
    'expired-credential',
    {
      anthropic: [401, 'authentication_error'],
      bedrock: [403, 'ExpiredTokenException'],
      vertex: [401, 'UNAUTHENTICATED'],
      foundry: [401, '401'],
    },
  ],
  [
    'not-found-model',
    {
      anthropic: [404, 'not_found_error'],
      bedrock: [400, 'ValidationException'],
      vertex: [404, 'NOT_FOUND'],
      foundry: [404, 'DeploymentNotFound'],
    },
  ],
  [
    'model-not-enabled',
    {
      anthropic: [403, 'permission_error'],
      bedrock: [403, 'AccessDeniedException'],
      vertex: [400, 'FAILED_PRECONDITION'],
      foundry: [403, 'permission_error'],
    },
  ],
];
const CELLS = EXPECTED.flatMap(([fault, row]) =>
  Object.entries(row).map(([kind, seen]) => [fault, kind as HostKind, ...seen] as const),
);

describe('an error status', () => {
  it.each(CELLS)('%s on %s is %i %s', async (fault, kind, status, type) => {
    const host = await start(kind);
    await host.setFault({ kind: fault } as Fault);
    const answer = await receive(await send(host, soundCall(kind, false)));
    expect(read(kind, answer.status, answer.headers, answer.text)).toEqual([status, type]);
    expect(host.answered).toBe(0);
  });

  it('comes in an array from Google, on the streaming method only', async () => {
    const host = await start('vertex');
    await host.setFault({ kind: 'unavailable' });
    const [stream, unary] = [
      await receive(await send(host, soundCall('vertex', true))),
      await receive(await send(host, soundCall('vertex', false))),
    ];
    expect(json(stream.text)).toMatchObject([{ error: { code: 503, status: 'UNAVAILABLE' } }]);
    expect(json(unary.text)).toMatchObject({ error: { code: 503, status: 'UNAVAILABLE' } });
  });

  it('names the same request id in the header and in the body', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'overloaded' });
    const answer = await receive(await send(host, soundCall('anthropic', true)));
    expect(json(answer.text)['request_id']).toBe(answer.headers.get('request-id'));
    expect(answer.headers.get('x-should-retry')).toBe('true');
  });

  it('says when to come back, and takes another time from the fault', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'rate-limited', retryAfter: 1 });
    expect((await send(host, soundCall('anthropic', false))).headers.get('retry-after')).toBe('1');
    await host.setFault({ kind: 'rate-limited' });
    expect((await send(host, soundCall('anthropic', false))).headers.get('retry-after')).toBe('30');
  });

  it('may be a web page under status 200', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'html' });
    const answer = await receive(await send(host, soundCall('anthropic', true)));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.text).toMatch(/^<!DOCTYPE html>/);
  });
});

describe('a fault that objects to something', () => {
  it('lets requests without a beta through, and goes on once the beta is gone', async () => {
    const host = await start('bedrock');
    await host.setFault({ kind: 'invalid-beta', beta: 'files-api-2025-04-14' });
    const call = soundCall('bedrock', false);
    const withBetas = (...anthropic_beta: string[]) => ({ ...call, body: { ...call.body, anthropic_beta } });
    expect((await send(host, withBetas('other-2025-01-01', 'files-api-2025-04-14'))).status).toBe(400);
    expect((await send(host, withBetas('other-2025-01-01'))).status).toBe(200);
    expect((await send(host, call)).status).toBe(200);
  });

  it('names the field it does not know, down to the index', async () => {
    const host = await start('vertex');
    await host.setFault({ kind: 'unknown-field', field: 'tools.*.strict' });
    const call = soundCall('vertex', false);
    const tools = [{ name: 'a' }, { name: 'b', strict: true }];
    const answer = await receive(await send(host, { ...call, body: { ...call.body, tools } }));
    expect(json(answer.text)['error']).toMatchObject({ message: 'tools.1.strict: Extra inputs are not permitted' });
    expect((await send(host, call)).status).toBe(200);
  });
});
