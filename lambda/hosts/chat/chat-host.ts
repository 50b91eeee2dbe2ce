import { otherModel } from '../../../lib/catalog/others/find-other';
import type { HostConfig } from '../../../lib/contract';
import type { HostCall } from '../../engine/host';
import type { JsonObject } from '../../engine/json';
import { requestedBetas } from '../../wire/anthropic/request/betas';
import type { Asked } from '../../wire/openai/answer/chat-translation';
import { withRetryAfter } from '../../wire/openai/error/reset-headers';
import { fromChatAnswer } from '../../wire/openai/from-chat-answer';
import { fromChatStream } from '../../wire/openai/from-chat-stream';
import { asksForThinking } from '../../wire/openai/request/effort';
import { cannotCarry, type ChatDialectTraits, toChatRequest } from '../../wire/openai/to-chat-request';
import { USER_AGENT } from '../first-party-request';
import type { HostDeps } from '../host-deps';
import type { OtherHost } from '../other/create-adapter';
import type { WireAnswer } from '../transport/exchange';
import type { HostRequest, Origin } from '../transport/transport';
import { via } from '../transport/via';
import { sendWithinLimit } from './token-limit';
import { withKnown } from './traits';

/** What goes to the host; its body is whole, so that it can be signed. */
export interface ChatCall extends HostRequest {
  readonly body: Uint8Array;
}

/** What tells one host of the OpenAI wire from another. */
export interface ChatDoor {
  /** What `/chat/completions` is added to. */
  readonly baseUrl: string;
  traits(model: string): ChatDialectTraits;
  /** The request as the host lets it in. The last step: signatures are over what is sent. */
  authorized(request: ChatCall, key: string | undefined, signal: AbortSignal, origin: Origin): Promise<ChatCall>;
  refreshCredential(key: string | undefined): Promise<boolean>;
}

const EVENT_STREAM = 'text/event-stream';
const CHARACTERS_A_TOKEN = 4;

/** A host of the OpenAI wire: translated there and back, always as a stream. */
export function createChatHost(config: HostConfig, deps: HostDeps, door: ChatDoor): OtherHost {
  const origin = deps.transport.origin(config.endpoint ?? door.baseUrl);
  const idOf = (model: string): string => deps.models.on(model, config) ?? model;

  const open: OtherHost['open'] = async (call, signal) => {
    const model = idOf(call.model);
    const traits = withKnown(door.traits(model), otherModel(config, model));
    const { body, dropped } = toChatRequest(call.body, model, traits);
    const headers = {
      'content-type': 'application/json',
      accept: EVENT_STREAM,
      'user-agent': USER_AGENT,
      via: via(call, deps),
    };
    const send = async (fields: JsonObject): Promise<WireAnswer> => {
      const request = { method: 'POST', path: '/chat/completions', headers, body: Buffer.from(JSON.stringify(fields)) };
      return origin.send(await door.authorized(request, call.key, signal, origin), signal);
    };
    const { answer, isLess } = await sendWithinLimit(body, traits.maxTokensField, send);
    const lost = [...new Set([...dropped, ...(isLess ? ['max_tokens'] : [])]), ...requestedBetas(call.headers)];
    if (answer.status !== 200) return { ...answer, headers: withRetryAfter(answer.headers), dropped: lost };
    const read = answer.headers['content-type']?.startsWith(EVENT_STREAM) ? fromChatStream : fromChatAnswer;
    return {
      status: 200,
      headers: { ...answer.headers, 'content-type': EVENT_STREAM },
      body: read(answer.body, asked(call, model)),
      dropped: lost,
    };
  };
  return {
    open,
    refreshCredential: (key) => door.refreshCredential(key),
    lost: (body, model) => {
      const lost = cannotCarry(body, door.traits(idOf(model)));
      return lost === undefined ? undefined : `lacks-${lost}`;
    },
  };
}

function asked({ bytes, body }: HostCall, model: string): Asked {
  return {
    model,
    inputTokensEstimate: Math.ceil(bytes.length / CHARACTERS_A_TOKEN),
    thinking: asksForThinking(body),
    stopSequences: body['stop_sequences'],
  };
}
