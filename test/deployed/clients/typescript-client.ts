import Anthropic, { APIError } from '@anthropic-ai/sdk';
import { devDependencies } from '../../../package.json';
import type { SdkAsk, SdkProgram, SdkOutcome } from './client';

export const typescriptClient: SdkProgram = {
  name: `Anthropic SDK for TypeScript ${devDependencies['@anthropic-ai/sdk']}`,
  ask,
  async close() {},
};

async function ask({ url, key, model, prompt, stream, headers }: SdkAsk): Promise<SdkOutcome> {
  const client = new Anthropic({ baseURL: url, apiKey: key, maxRetries: 0, logLevel: 'off' });
  const params = { model, max_tokens: 1024, messages: [{ role: 'user' as const, content: prompt }] };
  const times: number[] = [];
  let seen: Headers | undefined;
  let text = '';
  let stopReason: string | null = null;
  let error: SdkOutcome['error'];
  try {
    if (stream) {
      const { data, response } = await client.messages.create({ ...params, stream }, { headers }).withResponse();
      seen = response.headers;
      for await (const event of data) {
        if (event.type === 'message_delta') stopReason = event.delta.stop_reason;
        if (event.type !== 'content_block_delta' || event.delta.type !== 'text_delta') continue;
        times.push(performance.now());
        text += event.delta.text;
      }
    } else {
      const { data, response } = await client.messages.create(params, { headers }).withResponse();
      seen = response.headers;
      text = data.content.map((block) => (block.type === 'text' ? block.text : '')).join('');
      stopReason = data.stop_reason;
    }
  } catch (thrown) {
    const api = thrown instanceof APIError ? thrown : undefined;
    seen ??= api?.headers;
    error = {
      name: thrown instanceof Error ? thrown.constructor.name : String(thrown),
      status: api?.status ?? 0,
      type: api?.type ?? '',
      message: String(thrown),
      requestId: api?.requestID ?? null,
    };
  }
  return {
    text,
    stopReason,
    headers: Object.fromEntries(seen ?? []),
    arrivals: times.map((time) => time - (times[0] ?? 0)),
    error,
  };
}
