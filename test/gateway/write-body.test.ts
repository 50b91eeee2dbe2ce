import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Gateway } from '../../lambda/engine/gateway';
import { lambdaRequest } from '../../lambda/functions/router/lambda-request';
import { createGatewayServer } from '../../lambda/server/server';
import { writeBody } from '../../lambda/gateway/write-body';
import { startFrontDoor } from '../../local/front-door/front-door';
import { createLambda } from '../../local/front-door/lambda-shim';
import { installAwslambda } from '../../local/front-door/response-stream';
import { until } from '../local/hosts/caller';

installAwslambda();

const CHUNK = Buffer.alloc(64 * 1024, 'x');
const CHUNKS = 1024;
/** Chunks, of which the sockets in between hold about 60 for a client that reads nothing. */
const AHEAD = 192;

/** A host whose answer is 64 MB long, and what has been taken of it. */
class LongAnswer {
  pulled = 0;
  isReleased = false;

  readonly gateway: Gateway = async () => ({ status: 200, headers: {}, body: this.#chunks() });

  async *#chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (; this.pulled < CHUNKS; this.pulled += 1) yield CHUNK;
    } finally {
      this.isReleased = true;
    }
  }
}

interface Shell {
  readonly url: string;
  close(): Promise<void>;
}

async function plainNode(gateway: Gateway): Promise<Shell> {
  const server = createGatewayServer(gateway).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** As in `lambda/functions/router/index.ts`, which reads its configuration when it is loaded. */
const lambda = (gateway: Gateway): Promise<Shell> =>
  startFrontDoor(
    createLambda(async (event, stream, context) => {
      const gone = new AbortController();
      stream.once('error', () => gone.abort());
      stream.once('close', () => gone.abort());
      const { status: statusCode, headers, body } = await gateway(lambdaRequest(event, context), gone.signal);
      await writeBody(body, awslambda.HttpResponseStream.from(stream, { statusCode, headers }), gone.signal);
    }),
    0,
  );

/** Reads nothing of the body until it is told to. */
async function ask(url: string): Promise<IncomingMessage> {
  const [response] = (await once(request(url).end(), 'response')) as [IncomingMessage];
  return response;
}

/** Until nothing more is taken of the host for a while. */
async function rest(answer: LongAnswer): Promise<void> {
  for (let quiet = 0; quiet < 20; quiet += 1) {
    const before = answer.pulled;
    await setTimeout(10);
    if (answer.pulled !== before) quiet = 0;
  }
}

describe.each([
  ['the plain Node server', plainNode],
  ['the Lambda function', lambda],
])('%s', (_name, start) => {
  let answer: LongAnswer;
  let shell: Shell;
  beforeEach(async () => {
    answer = new LongAnswer();
    shell = await start(answer.gateway);
  });
  afterEach(() => shell.close());

  test('takes no more of a host than a client that does not read leaves room for, and the rest once it reads', async () => {
    const response = await ask(shell.url);
    await rest(answer);
    expect(answer.pulled).toBeGreaterThan(0);
    expect(answer.pulled).toBeLessThan(AHEAD);
    expect(answer.isReleased).toBe(false);
    let bytes = 0;
    for await (const part of response as AsyncIterable<Buffer>) bytes += part.length;
    expect(bytes).toBe(CHUNKS * CHUNK.length);
    expect(answer.isReleased).toBe(true);
  });

  test('lets go of the host when a client that did not read leaves', async () => {
    const response = await ask(shell.url);
    await rest(answer);
    response.destroy();
    await until(() => answer.isReleased, 'the host is released');
    expect(answer.pulled).toBeLessThan(AHEAD);
  });
});
