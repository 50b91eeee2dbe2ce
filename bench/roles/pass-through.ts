import { Agent, createServer, request, type Server } from 'node:http';
import { listenForParent } from './child';

/** The least a gateway can be in Node: a server piped to a keep-alive agent, without a thought. */
export function createPassThrough(port: number): Server {
  const agent = new Agent({ keepAlive: true });
  return createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const forwarded = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
}

export function start(): void {
  listenForParent(createPassThrough(Number(process.env.UPSTREAM_PORT)));
}
