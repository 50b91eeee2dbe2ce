import { RESPONSE_HEADERS, type RouterConfig, STEERING_HEADERS } from '../../lib/contract';
import { costOf } from '../../lib/catalog/others/other-prices';
import type { ModelCatalog } from '../../lib/catalog/resolve';
import { failureDetail } from '../../lambda/engine/failure/failure';
import type { Clock } from '../../lambda/engine/time/clock';
import { createAskAfresh } from '../../lambda/gateway/ask-afresh';
import type { Client } from '../../lambda/gateway/plan/clients';
import { errorText } from '../../lambda/runtime/error-text';
import type { Answer, GivenAnswer } from './answer';
import { type ComparedLink, LINK_HEADER, linkConfig } from './links';
import { readError, readMessage } from './read-answer';
import type { CompareRequest } from './requests';

export interface LinkAsk {
  /** Never rejects. */
  ask(link: ComparedLink, request: CompareRequest, model: string, signal: AbortSignal): Promise<Answer>;
  readonly models: ModelCatalog;
  close(): void;
}

const CLIENT: Client = { name: 'compare', may: new Set(['only', 'last-resort']) };

/** Asks one link, and no other, as the router would. Throws a `ConfigError` for keys the environment lacks. */
export function createLinkAsk(
  config: RouterConfig,
  links: readonly ComparedLink[],
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock,
): LinkAsk {
  const router = createAskAfresh(linkConfig(config, links), CLIENT, env, clock, Math.random);
  let asked = 0;

  const ask: LinkAsk['ask'] = async (link, request, model, signal) => {
    const startedAt = clock.now();
    const elapsed = (): number => clock.now() - startedAt;
    let trace = '';
    const failed = (why: string): Answer => ({ isGiven: false, why, trace, wholeMs: elapsed() });
    try {
      const incoming = gatewayRequest(link, request, model, `compare-${(asked += 1)}`);
      const { response, failure } = await router.ask(incoming, signal);
      trace = response.headers[RESPONSE_HEADERS.trace] ?? '';
      if (response.status !== 200) {
        const detail = failure && failureDetail(failure);
        return failed([`${response.status} ${await readError(response)}`, trace, detail].filter(Boolean).join('; '));
      }
      const read = await readMessage(response, elapsed);
      if ('error' in read) return failed(read.error);
      return given(read, response.headers, link, router.models.find(model)?.id ?? model);
    } catch (error) {
      return failed(errorText(error));
    }
  };
  return { ask, models: router.models, close: router.close };
}

function gatewayRequest({ name, host }: ComparedLink, { body, betas }: CompareRequest, model: string, id: string) {
  return {
    id,
    method: 'POST',
    path: '/v1/messages',
    query: '',
    headers: {
      'content-type': 'application/json',
      'anthropic-version': '2023-06-01',
      ...(betas !== undefined && { 'anthropic-beta': betas }),
      [LINK_HEADER]: name,
      [STEERING_HEADERS.only]: host.name,
    },
    // Streamed, whatever the request says, so that the first content shows.
    body: new TextEncoder().encode(JSON.stringify({ ...body, model, stream: true })),
    client: undefined,
    timeLeftMs: undefined,
  };
}

type Read = Pick<GivenAnswer, 'content' | 'stopReason' | 'usage' | 'firstContentMs' | 'wholeMs'>;

function given(read: Read, headers: Readonly<Record<string, string>>, link: ComparedLink, asked: string): GivenAnswer {
  const model = headers[RESPONSE_HEADERS.model] ?? asked;
  const dropped = headers[RESPONSE_HEADERS.dropped]?.split(', ') ?? [];
  return {
    isGiven: true,
    ...read,
    model,
    dropped: headers[RESPONSE_HEADERS.adapted] === undefined ? dropped : [...dropped, 'a field the host refused'],
    costUsd: costOf(model, read.usage, link.host),
  };
}
