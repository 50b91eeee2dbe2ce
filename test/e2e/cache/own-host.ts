import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Setup } from '../harness';

export interface OwnHost {
  readonly setup: Partial<Setup>;
  /** What it says next, and whether it then hangs up. */
  say(reply: string | Uint8Array, more?: { readonly breaksOff?: boolean }): void;
}

/** In the place of Anthropic's, one that says word by word what a test wants. */
export function useOwnHost(): () => OwnHost {
  let host: Server;
  let reply: string | Uint8Array = '';
  let hangsUp = false;
  beforeEach(async () => {
    host = createServer((request, response) => {
      request.resume().on('end', () => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        if (hangsUp) response.write(reply, () => response.destroy());
        else response.end(reply);
      });
    });
    host.listen(0, '127.0.0.1');
    await once(host, 'listening');
  });
  afterEach(() => {
    host.closeAllConnections();
    host.close();
  });
  return () => {
    const endpoint = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    return {
      setup: { hosts: { anthropic: { endpoint, retry: { quickRetries: 0 } } } },
      say(next, { breaksOff = false } = {}) {
        reply = next;
        hangsUp = breaksOff;
      },
    };
  };
}
