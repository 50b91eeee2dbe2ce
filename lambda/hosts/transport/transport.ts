import type { Body } from '../../engine/host';
import type { Headers } from '../../engine/headers';
import { wireHeaders, type HttpClient, type WireAnswer } from './exchange';
import { NodeClient } from './node-client';

const http = process.getBuiltinModule('node:http');
const https = process.getBuiltinModule('node:https');

export interface HostRequest {
  readonly method: string;
  /** Below the base URL, with a leading slash, already encoded. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: Body;
}

/** Where a host's requests go; its base URL is read once. */
export interface Origin {
  readonly url: URL;
  /** The base URL's own path, without a trailing slash. */
  readonly basePath: string;
  send(request: HostRequest, signal: AbortSignal): Promise<WireAnswer>;
}

/** Keep-alive connections to every host, shared by all adapters. */
export class Transport {
  /** Also for AWS's SDK, which speaks HTTP by itself. */
  readonly httpAgent = new http.Agent({ keepAlive: true });
  readonly httpsAgent = new https.Agent({ keepAlive: true });
  readonly #client: HttpClient;

  /** `client`: Node's own, where none is given. */
  constructor(client?: HttpClient) {
    this.#client = client ?? new NodeClient(this.httpAgent, this.httpsAgent);
  }

  origin(baseUrl: string): Origin {
    const url = new URL(baseUrl);
    const basePath = url.pathname.replace(/\/+$/, '');
    const exchange = this.#client.to(url);
    return {
      url,
      basePath,
      send: ({ method, path, headers, body }, signal) =>
        exchange({ method, path: basePath + path, headers: wireHeaders(headers, url.host, body), body }, signal),
    };
  }

  closeAll(): void {
    this.#client.close?.();
    this.httpAgent.destroy();
    this.httpsAgent.destroy();
  }
}
