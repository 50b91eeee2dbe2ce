import { Agent, createServer, request } from 'node:http';
import { listenForParent } from './child';

/** The least a gateway can be in Node: a server piped to a keep-alive agent, without a thought. */
export function start(): void {
  const port = Number(process.env.UPSTREAM_PORT);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    const { method, url: path, headers } = incoming;
    const forwarded = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  listenForParent(server);
}
