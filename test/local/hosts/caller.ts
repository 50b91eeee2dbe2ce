import { Hash } from '@smithy/hash-node';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HostKind } from '../../../lib/contract';
import {
  SIMULATED_SESSION,
  startSimulatedHost,
  type SimulatedHost,
  type SimulatedHostOptions,
} from '../../../local/hosts';

export const KEY = 'a-simulated-key';

const MODELS: Record<HostKind, string> = {
  anthropic: 'claude-opus-5-5',
  'claude-platform-aws': 'claude-opus-5-5',
  foundry: 'claude-opus-5-5',
  bedrock: 'us.anthropic.claude-opus-5-5',
  vertex: 'claude-opus-5-5',
  messages: 'qwen3-coder',
  openai: 'gpt-5.2',
  'azure-openai': 'my-gpt',
  'vertex-gemini': 'google/gemini-3-pro',
  'bedrock-models': 'openai.gpt-oss-120b-1:0',
};
const VERTEX = '/v1/projects/p/locations/global/publishers/anthropic/models';

export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A sound request in each kind's own wire. */
export function soundCall(kind: HostKind, stream: boolean, text = 'Hello'): Call {
  const asked = { max_tokens: 1024, messages: [{ role: 'user', content: text }] };
  const own = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
  const versioned = { ...own, 'anthropic-version': '2023-06-01' };
  const native = { ...asked, model: MODELS[kind], ...(stream && { stream }) };
  const invoke = stream ? 'invoke-with-response-stream' : 'invoke';
  const predict = stream ? 'streamRawPredict' : 'rawPredict';
  const chat = { ...own, 'api-key': KEY };
  const chatCall = (path: string): Call => ({ path: `${path}/chat/completions`, headers: chat, body: native });
  const calls: Record<HostKind, Call> = {
    anthropic: { path: '/v1/messages', headers: versioned, body: native },
    'claude-platform-aws': { path: '/v1/messages', headers: versioned, body: native },
    foundry: { path: '/anthropic/v1/messages', headers: versioned, body: native },
    bedrock: {
      path: `/model/${MODELS.bedrock}/${invoke}`,
      headers: own,
      body: { ...asked, anthropic_version: 'bedrock-2023-05-31' },
    },
    vertex: {
      path: `${VERTEX}/${MODELS.vertex}:${predict}`,
      headers: own,
      body: { ...asked, anthropic_version: 'vertex-2023-10-16', ...(stream && { stream }) },
    },
    messages: { path: '/v1/messages', headers: versioned, body: native },
    openai: chatCall('/v1'),
    'azure-openai': chatCall('/openai/v1'),
    'vertex-gemini': chatCall('/v1/projects/p/locations/global/endpoints/openapi'),
    'bedrock-models': chatCall('/openai/v1'),
  };
  return calls[kind];
}

export const send = (host: SimulatedHost, { path, headers, body }: Call, signal?: AbortSignal) =>
  fetch(host.url + path, { method: 'POST', headers, body: JSON.stringify(body), ...(signal && { signal }) });

/** Signs a call for an AWS service, as the one whom a simulated host knows. */
export async function signed(
  host: SimulatedHost,
  call: Call,
  service: string,
  region: string,
  credentials = SIMULATED_SESSION,
): Promise<Call> {
  const signer = new SignatureV4({
    service,
    region,
    credentials,
    sha256: Hash.bind(null, 'sha256'),
  });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: '127.0.0.1',
    port: host.port,
    path: call.path,
    headers: { 'content-type': 'application/json', host: `127.0.0.1:${host.port}` },
    body: JSON.stringify(call.body),
  });
  // The connection writes the same host header itself.
  return {
    ...call,
    headers: { ...call.headers, ...Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host')) },
  };
}

export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The connection broke before the end of the answer. */
  readonly broken: boolean;
}

export async function receive(response: Response): Promise<Received> {
  const { status, headers } = response;
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const part of response.body ?? []) text += decoder.decode(part, { stream: true });
    return { status, headers, text, broken: false };
  } catch {
    return { status, headers, text, broken: true };
  }
}

export const eventTypes = (sse: string) => [...sse.matchAll(/^event: (\w+)$/gm)].map(([, type]) => type);

/** Starts hosts and closes them after each test. */
export function useHosts() {
  const hosts: SimulatedHost[] = [];
  afterEach(async () => {
    await Promise.all(hosts.splice(0).map((host) => host.close()));
  });
  return async (kind: HostKind, options: Partial<SimulatedHostOptions> = {}) => {
    const host = await startSimulatedHost({ kind, name: kind, key: KEY, deltaDelayMs: 0, ...options });
    hosts.push(host);
    return host;
  };
}

/** Polls in the event loop's own time, and gives up. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  throw new Error(`never came true: ${what}`);
}
