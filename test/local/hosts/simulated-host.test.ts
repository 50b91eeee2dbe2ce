import { connect } from 'node:net';
import { FAULTS, type Fault } from '../../../local/hosts';
import { KEY, receive, send, soundCall, until, useHosts } from './caller';

const start = useHosts();

describe('a connection', () => {
  const errorCode = (port: number) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('POST /v1/messages HTTP/1.1\r\nhost: x\r\n\r\n'));
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
      socket.once('end', () => resolve('ended'));
    });

  it('is refused until the fault is cleared, then taken on the same port', async () => {
    const host = await start('anthropic');
    await (await send(host, soundCall('anthropic', false))).text();
    await host.setFault({ kind: 'refused' });
    expect(await errorCode(host.port)).toBe('ECONNREFUSED');
    expect(host.openConnections()).toBe(0);
    await host.setFault();
    expect((await send(host, soundCall('anthropic', false))).status).toBe(200);
  });

  it('survives switching without waiting', async () => {
    const host = await start('anthropic');
    await Promise.all([
      host.setFault({ kind: 'refused' }),
      host.setFault(),
      host.setFault({ kind: 'refused' }),
      host.setFault(),
    ]);
    expect((await send(host, soundCall('anthropic', false))).status).toBe(200);
  });

  it('is reset before the headers', async () => {
    const host = await start('anthropic');
    await host.setFault({ kind: 'reset' });
    await expect(send(host, soundCall('anthropic', false))).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
    expect(host.requests[0]?.aborted).toBe(false);
  });

  it.each(['hang', 'hang-after-headers'] as const)(
    'with %s stays open and silent until the client leaves',
    async (kind) => {
      const host = await start('anthropic');
      await host.setFault({ kind });
      const client = new AbortController();
      const answer = send(host, soundCall('anthropic', true), client.signal).then(receive);
      await until(() => host.requests.length === 1, 'the request has arrived');
      if (kind === 'hang') {
        client.abort();
        await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
      } else {
        const response = await send(host, soundCall('anthropic', true));
        expect(response.status).toBe(200);
        client.abort();
        await answer.catch(() => undefined);
        await response.body?.cancel();
      }
      await until(() => host.requests.every(({ aborted }) => aborted), 'the host notes that the client left');
    },
  );
});

describe('a fault', () => {
  const statuses = async (fault: Fault, count: number) => {
    const host = await start('anthropic');
    await host.setFault(fault);
    const seen: number[] = [];
    while (seen.length < count) seen.push((await send(host, soundCall('anthropic', false))).status);
    return { seen, left: host.fault };
  };

  it('heals itself after its times', async () => {
    expect(await statuses({ kind: 'overloaded', times: 2 }, 4)).toEqual({
      seen: [529, 529, 200, 200],
      left: undefined,
    });
  });

  it('strikes its share of the requests, the same ones in every run', async () => {
    expect((await statuses({ kind: 'server-error', rate: 0.25 }, 8)).seen).toEqual([
      200, 200, 200, 500, 200, 200, 200, 500,
    ]);
  });

  it('strikes one key only', async () => {
    const host = await start('anthropic', { key: [KEY, 'second'] });
    await host.setFault({ kind: 'rate-limited', key: KEY });
    const call = soundCall('anthropic', false);
    expect((await send(host, call)).status).toBe(429);
    expect((await send(host, { ...call, headers: { ...call.headers, authorization: 'Bearer second' } })).status).toBe(
      200,
    );
  });

  it('leaves the token service alone', async () => {
    const host = await start('vertex');
    await host.setFault({ kind: 'server-error' });
    const response = await fetch(`${host.url}/v1/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'x' }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_request' });
  });

  it('has a switch of its own on the demo page, of whichever kind it is', () => {
    const kinds: Record<Fault['kind'], true> = {
      overloaded: true,
      'rate-limited': true,
      throttling: true,
      'server-error': true,
      unavailable: true,
      'expired-credential': true,
      'invalid-beta': true,
      'unknown-field': true,
      'not-found-model': true,
      'model-not-enabled': true,
      billing: true,
      'spend-limit': true,
      'prompt-too-long': true,
      'content-policy': true,
      'no-prefill': true,
      'no-prompt-caching': true,
      'foreign-signature': true,
      html: true,
      'slow-first-token': true,
      'only-pings': true,
      pause: true,
      hang: true,
      'hang-after-headers': true,
      reset: true,
      'end-without-stop': true,
      cut: true,
      stall: true,
      'malformed-event': true,
      'error-in-stream': true,
      refused: true,
    };
    expect(new Set(FAULTS.map(({ fault }) => fault.kind))).toEqual(new Set(Object.keys(kinds)));
    expect(new Set(FAULTS.map(({ label }) => label)).size).toBe(FAULTS.length);
  });
});
