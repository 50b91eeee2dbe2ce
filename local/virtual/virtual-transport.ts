import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { WireAnswer } from '../../lambda/hosts/transport/exchange';
import { Transport, type HostRequest, type Origin } from '../../lambda/hosts/transport/transport';
import { PipeAgent } from './pipe-agent';

/** Whatever answers at an address. */
export interface VirtualPlace {
  send(request: HostRequest, signal: AbortSignal): Promise<WireAnswer>;
}

/** Leads to places by the host of their base URLs, and to nowhere else. */
export class VirtualTransport extends Transport {
  /** For AWS's SDK, which brings its own way to speak HTTP. */
  override readonly httpAgent: Agent;

  constructor(private readonly places: ReadonlyMap<string, VirtualPlace>) {
    super();
    this.httpAgent = new PipeAgent((request, response) => void this.#serve(request, response));
  }

  override origin(baseUrl: string): Origin {
    const url = new URL(baseUrl);
    const basePath = url.pathname.replace(/\/+$/, '');
    const place = this.#place(url.host);
    return {
      url,
      basePath,
      send: (request, signal) => place.send({ ...request, path: basePath + request.path }, signal),
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const left = new AbortController();
    response.once('close', () => left.abort());
    try {
      const body = await buffer(request);
      const { method = '', url: path = '' } = request;
      const headers = request.headers as Record<string, string>;
      const place = this.#place(headers['host'] ?? '');
      const answer = await place.send({ method, path, headers, body }, left.signal);
      response.writeHead(answer.status, answer.headers);
      for await (const piece of answer.body) response.write(piece);
      response.end();
    } catch {
      response.destroy();
    }
  }

  #place(host: string): VirtualPlace {
    const place = this.places.get(host);
    if (place === undefined) throw new Error(`there is no place at ${host}`);
    return place;
  }
}
