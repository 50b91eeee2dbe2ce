import type { HostKind } from '../../../lib/contract';
import { createAccount } from '../account/account';
import { SIMULATED_AWS } from '../aws/aws-side';
import { refuseSignature } from '../aws/refuse-signature';
import { anthropic, azure, type ErrorSpec } from '../faults/error-spec';
import { ERROR_TABLE } from '../faults/error-table';
import { credentialOf, type SimRequest } from '../requests/recorded-request';
import { invalid, knows, refuse, serveCount, serveMessage, type Wire, type WireOptions } from './wire';

type AnthropicKind = Extract<HostKind, 'anthropic' | 'foundry' | 'claude-platform-aws' | 'messages'>;

interface Variant {
  readonly prefix: string;
  /** Batches, files and the model list. */
  readonly keepsState: boolean;
  refuses(request: SimRequest, options: WireOptions): ErrorSpec | undefined | Promise<ErrorSpec | undefined>;
}

const keyIsKnown = (request: SimRequest, { keys }: WireOptions) => {
  const key = credentialOf(request);
  return key !== undefined && (keys.length === 0 || keys.includes(key));
};

const VARIANTS: Record<AnthropicKind, Variant> = {
  anthropic: {
    prefix: '',
    keepsState: true,
    refuses: (request, options) => {
      if (request.headers['origin']) {
        return anthropic(401, 'authentication_error', 'CORS requests are not allowed for this Organization.');
      }
      return keyIsKnown(request, options) ? undefined : ERROR_TABLE['expired-credential'].anthropic;
    },
  },
  foundry: {
    prefix: '/anthropic',
    keepsState: false,
    refuses: (request, options) =>
      keyIsKnown(request, options) ? undefined : ERROR_TABLE['expired-credential'].foundry,
  },
  /** A server of one's own: what it does not know it refuses, as the strictest do. */
  messages: {
    prefix: '',
    keepsState: false,
    refuses: (request, options) => {
      if (!keyIsKnown(request, options)) return ERROR_TABLE['expired-credential'].messages;
      const beta = request.headers['anthropic-beta'];
      return beta === undefined ? undefined : invalid('messages', `unknown beta ${beta}`);
    },
  },
  'claude-platform-aws': {
    prefix: '',
    keepsState: true,
    refuses: async (request, { region, aws = SIMULATED_AWS }) => {
      if (!request.headers['anthropic-workspace-id']) {
        return anthropic(400, 'invalid_request_error', 'anthropic-workspace-id: header is required');
      }
      const wrong = await refuseSignature(request, 'aws-external-anthropic', region, aws);
      return wrong && anthropic(401, 'authentication_error', wrong.message);
    },
  },
};

/** The Anthropic wire and its thin variants. */
export function createAnthropicWire(options: WireOptions & { readonly kind: AnthropicKind }): Wire {
  const { kind } = options;
  const { prefix, keepsState, refuses } = VARIANTS[kind];
  const account = keepsState && options.account ? createAccount(options, options.account) : undefined;
  const unknownPath =
    kind === 'foundry'
      ? azure(404, 'api_not_supported', 'The requested API is not supported.')
      : anthropic(404, 'not_found_error', 'Not Found');
  return async (request) => {
    const refusal = await refuses(request, options);
    if (refusal) return refuse(refusal);
    const version = request.headers['anthropic-version'];
    if (!version) return refuse(invalid(kind, 'anthropic-version: header is required'));
    const path = request.path.startsWith(prefix) ? request.path.slice(prefix.length) : '';
    const counts = path === '/v1/messages/count_tokens';
    if (request.method !== 'POST' || (path !== '/v1/messages' && !counts)) {
      return account?.(request) ?? refuse(unknownPath);
    }
    const { json } = request;
    if (!json) return refuse(invalid(kind, 'The request body is not valid JSON.'));
    if (typeof json['model'] !== 'string') return refuse(invalid(kind, 'model: Field required'));
    if (!knows(options, json['model'])) return refuse(ERROR_TABLE['not-found-model'][kind]);
    const call = { kind, model: json['model'], body: json, version };
    if (counts) return serveCount(call);
    return serveMessage({ ...call, stream: json['stream'] === true, foreign: ['anthropic_version', 'anthropic_beta'] });
  };
}
