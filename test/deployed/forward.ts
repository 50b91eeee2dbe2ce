import { once } from 'node:events';
import { request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** Hands a request on, and its answer back, piece by piece; rejects where nobody answers. */
export async function forward(message: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const outgoing = send(url, { method: message.method, headers: { ...message.headers, host: url.host } });
  response.once('close', () => outgoing.destroy());
  // What it fails of, the wait for its answer says.
  outgoing.on('error', () => {});
  message.pipe(outgoing);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.writeHead(answer.statusCode ?? 500, answer.headers);
  await pipeline(answer, response);
}
