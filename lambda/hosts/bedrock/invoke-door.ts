import {
  BedrockRuntimeClient,
  CountTokensCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { MalformedAnswer } from '../../engine/answer';
import { HostError, type HostAnswer, type HostCall } from '../../engine/host';
import { errorCode } from '../../runtime/error-text';
import { messageBody } from '../transport/message-body';
import type { BedrockHost, Door } from './door';
import { bedrockException } from './bedrock-exceptions';
import { eventStreamToSse } from './event-stream-to-sse';
import { invokeBody } from './invoke-body';
import { Refusal, RefusalHandler } from './refusal-handler';

/** In the words of the SDK and of the guard before it. */
const UNREADABLE = /Deserialization error|Truncated event|impossible length/;
const NOT_READABLE = 'the event stream cannot be read';

/** How Node says what it could not do; the SDK's wrapper keeps no more of it than the words. */
const SYSTEM_ERROR = /\b(?:connect|read|write|getaddrinfo) (E[A-Z_]+)\b/;

type Answer = Omit<HostAnswer, 'dropped'>;

/** InvokeModel through AWS's SDK, answered in Anthropic's own wire. */
export function createInvokeDoor({ config, deps, facts, modelId: idFor, credentials }: BedrockHost): Door {
  const { httpAgent, httpsAgent } = deps.transport;
  const client = new BedrockRuntimeClient({
    region: config.region,
    ...(config.endpoint !== undefined && { endpoint: config.endpoint }),
    credentials: credentials.read,
    // Never a Bedrock API key that happens to be in the environment.
    authSchemePreference: ['sigv4'],
    // The chain does the retrying.
    maxAttempts: 1,
    requestHandler: new RefusalHandler({ httpAgent, httpsAgent }),
  });

  const asHostError = (error: unknown): Error => {
    if (error instanceof HostError || error instanceof MalformedAnswer) return error;
    if (error instanceof Error && UNREADABLE.test(error.message)) return new MalformedAnswer(NOT_READABLE);
    const reason = error === undefined ? 'closed before the answer was complete' : reasonOf(error);
    return new HostError('connection', `host ${config.name}: ${reason}`, { cause: error });
  };

  const answer = async (call: HostCall, body: Uint8Array, signal: AbortSignal): Promise<Answer> => {
    const modelId = idFor(call);
    if (call.endpoint === 'count_tokens') {
      // Counted by the foundation model: the ids of profiles are refused here.
      const base = deps.models.find(call.model)?.on.bedrock ?? modelId;
      const command = new CountTokensCommand({ modelId: base, input: { invokeModel: { body } } });
      const { inputTokens, $metadata } = await client.send(command, { abortSignal: signal });
      return unary({ input_tokens: inputTokens }, 200, $metadata.requestId);
    }
    const input = { modelId, body, contentType: 'application/json' };
    if (!call.stream) {
      const command = new InvokeModelCommand(input);
      const { body: message, $metadata } = await client.send(command, { abortSignal: signal });
      return unary(message, 200, $metadata.requestId);
    }
    const cancel = new AbortController();
    const command = new InvokeModelWithResponseStreamCommand(input);
    const abortSignal = AbortSignal.any([signal, cancel.signal]);
    const { body: events, $metadata } = await client.send(command, { abortSignal }).catch((error: unknown) => {
      // Behind an exception frame the stream may stay open; a refusal's body is still to be read.
      if (!(error instanceof Refusal)) cancel.abort();
      throw error;
    });
    if (events === undefined) throw new HostError('connection', `host ${config.name}: an answer without a body`);
    return {
      status: 200,
      headers: answerHeaders('text/event-stream; charset=utf-8', $metadata.requestId),
      body: eventStreamToSse(events, asHostError, () => cancel.abort()),
    };
  };

  const refusal = (error: unknown): Answer | undefined => {
    if (error instanceof Refusal) {
      const { status, headers } = error;
      return { status, headers, body: messageBody(error.answer, () => undefined, asHostError) };
    }
    // The SDK looks at the first frame before it gives the stream away.
    const exception = bedrockException(error);
    if (exception === undefined) return undefined;
    const { status, headers, body } = unary({ message: exception.message }, exception.status, undefined);
    return { status, headers: { ...headers, 'x-amzn-errortype': exception.name }, body };
  };

  return async (call, signal) => {
    const { bytes, dropped } = invokeBody(call, facts.of(call.model), !deps.models.find(call.model)?.bedrockMessages);
    try {
      return { ...(await answer(call, bytes, signal)), dropped };
    } catch (error) {
      const refused = refusal(error);
      if (refused === undefined) throw asHostError(error);
      return { ...refused, dropped };
    }
  };
}

function reasonOf(error: unknown): string {
  return (error instanceof Error && SYSTEM_ERROR.exec(error.message)?.[1]) || errorCode(error);
}

function unary(content: object, status: number, requestId: string | undefined): Answer {
  const bytes = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
  return { status, headers: answerHeaders('application/json', requestId), body: once(bytes) };
}

function answerHeaders(contentType: string, requestId: string | undefined): Record<string, string> {
  return { 'content-type': contentType, ...(requestId !== undefined && { 'x-amzn-requestid': requestId }) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
  yield bytes;
}
