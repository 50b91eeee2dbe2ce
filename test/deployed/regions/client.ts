import Anthropic from '@anthropic-ai/sdk';
import { Agent, fetch as undiciFetch, type RequestInit } from 'undici';
import { MODEL } from '../stack/test-config';

/** Address of a host name at the time of the request. */
export type Lookup = (host: string) => string;

/** Anthropic's SDK, asking by names that a resolver answers. Each request is a connection of its own, so that it asks for the name. */
export function pairClient(lookup: Lookup, port: number, apiKey: string) {
  const dispatcher = new Agent({
    pipelining: 0,
    connect: { lookup: (host, _, done) => done(null, [{ address: lookup(host), family: 4 }]) },
  });
  const fetch = ((url: string, init: RequestInit) =>
    undiciFetch(url, { ...init, dispatcher })) as unknown as typeof globalThis.fetch;
  let count = 0;
  return {
    /** Whether there was an answer. */
    async ask(name: string, maxRetries: number): Promise<boolean> {
      const client = new Anthropic({
        baseURL: `http://${name}:${port}`,
        apiKey,
        maxRetries,
        fetch,
        logLevel: 'off',
        timeout: 20_000,
      });
      try {
        const content = `Hello ${(count += 1)}`;
        const { stop_reason } = await client.messages.create({
          model: MODEL,
          max_tokens: 1024,
          messages: [{ role: 'user', content }],
        });
        return stop_reason === 'end_turn';
      } catch {
        return false;
      }
    },
    /** What a health checker sees. */
    async look(host: string, path: string): Promise<{ status: number; body: string }> {
      const response = await undiciFetch(`http://${host}:${port}${path}`, { dispatcher });
      return { status: response.status, body: await response.text() };
    },
    close: () => dispatcher.destroy(),
  };
}
