import type { HostKind } from '../../../lib/contract';
import { SIMULATED_AWS } from '../aws/aws-side';
import { refuseSignature } from '../aws/refuse-signature';
import { freshId } from '../answers/answer-id';
import { answer } from '../answers/answers';
import { azureFraming, chatFraming } from '../answers/chat-framing';
import type { Framing } from '../answers/framing';
import { geminiFraming, signatureComplaint } from '../answers/gemini-framing';
import { type ErrorSpec, openai } from '../faults/error-spec';
import { ERROR_TABLE } from '../faults/error-table';
import { SIMULATED_GOOGLE } from '../google/google-side';
import { createGoogleTokens } from '../google/google-tokens';
import { chatComplaint, readChatBody } from '../requests/chat-body';
import { credentialOf, type SimRequest } from '../requests/recorded-request';
import { type HostReply, knows, refuse, type Wire, type WireOptions } from './wire';

export type ChatKind = Extract<HostKind, 'openai' | 'azure-openai' | 'vertex-gemini' | 'bedrock-models'>;

const FRAMINGS: Readonly<Record<ChatKind, (model: string, id: string) => Framing>> = {
  openai: chatFraming,
  'azure-openai': azureFraming,
  'vertex-gemini': geminiFraming,
  'bedrock-models': chatFraming,
};

const PATH = '/chat/completions';

/** The OpenAI wire, behind whichever credential its host wants. */
export function createChatWire(options: WireOptions & { readonly kind: ChatKind }): Wire {
  const { kind, aws: side = SIMULATED_AWS } = options;
  const tokens = createGoogleTokens(options.google ?? SIMULATED_GOOGLE);
  const keyIsKnown = (key: string | undefined): boolean =>
    key !== undefined && (options.keys.length === 0 || options.keys.includes(key));
  const refusals: Readonly<
    Record<ChatKind, (request: SimRequest) => ErrorSpec | boolean | Promise<ErrorSpec | undefined>>
  > = {
    openai: (request) => !keyIsKnown(credentialOf(request)),
    'azure-openai': (request) => !keyIsKnown(request.headers['api-key'] ?? credentialOf(request)),
    'vertex-gemini': (request) =>
      !tokens.issued(credentialOf(request)) && !options.keys.includes(credentialOf(request) ?? ''),
    'bedrock-models': (request) => refuseSignature(request, 'bedrock', options.region, side),
  };
  return async (request) => {
    const token = kind === 'vertex-gemini' ? await tokens.serve(request) : undefined;
    if (token) return token;
    const refused = await refusals[kind](request);
    if (refused) return refuse(refused === true ? ERROR_TABLE['expired-credential'][kind] : refused);
    if (request.method !== 'POST' || !request.path.endsWith(PATH)) {
      return refuse(openai(404, 'invalid_request_error', `Invalid URL (${request.method} ${request.path})`));
    }
    return serveChat(request, options, kind);
  };
}

function serveChat({ json }: SimRequest, options: WireOptions, kind: ChatKind): HostReply {
  const wrong =
    json === undefined
      ? 'We could not parse the JSON body of your request.'
      : (chatComplaint(json) ?? (kind === 'vertex-gemini' ? signatureComplaint(json) : undefined));
  if (json === undefined || wrong !== undefined) return refuse(openai(400, 'invalid_request_error', wrong ?? ''));
  const model = String(json['model']);
  if (!knows(options, model)) return refuse(ERROR_TABLE['not-found-model'][options.kind]);
  if (json['stream'] !== true) return refuse(openai(400, 'invalid_request_error', 'Only streams are simulated.'));
  const given = answer(readChatBody(json), kind, model);
  return { kind: 'stream', answer: given, framing: FRAMINGS[kind](model, freshId('chatcmpl', kind)) };
}
