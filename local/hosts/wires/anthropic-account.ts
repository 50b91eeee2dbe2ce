import { freshId } from '../answers/answer-id';
import { records } from '../../json';
import type { SimRequest } from '../requests/recorded-request';
import type { HostReply } from './wire';

const SINCE = '2026-01-01T00:00:00Z';

const MODELS = [
  { id: 'claude-opus-5-5', display_name: 'Claude Opus 5.5' },
  { id: 'claude-sonnet-5-5', display_name: 'Claude Sonnet 5.5' },
  { id: 'claude-haiku-4-5-20251001', display_name: 'Claude Haiku 4.5' },
].map((model) => ({ type: 'model', created_at: SINCE, ...model }));

const page = (data: readonly { readonly id: string }[]) => ({
  data,
  has_more: false,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
});

const batch = (id: string, processing: number) => ({
  id,
  type: 'message_batch',
  processing_status: 'in_progress',
  request_counts: { processing, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
  created_at: SINCE,
  expires_at: '2026-01-02T00:00:00Z',
  ended_at: null,
  cancel_initiated_at: null,
  archived_at: null,
  results_url: null,
});

const file = (id: string, bytes: number) => ({
  id,
  type: 'file',
  filename: 'upload',
  mime_type: 'application/octet-stream',
  size_bytes: bytes,
  created_at: SINCE,
  downloadable: false,
});

type Route = readonly [method: string, path: RegExp, body: (request: SimRequest, id: string) => unknown];

const ROUTES: readonly Route[] = [
  ['GET', /^\/v1\/models$/, () => page(MODELS)],
  ['GET', /^\/v1\/models\/([^/]+)$/, (_, id) => MODELS.find((model) => model.id === id)],
  [
    'POST',
    /^\/v1\/messages\/batches$/,
    ({ json }) => batch(freshId('msgbatch', 'anthropic'), records(json?.['requests']).length),
  ],
  ['GET', /^\/v1\/messages\/batches$/, () => page([])],
  ['GET', /^\/v1\/messages\/batches\/([^/]+)$/, (_, id) => batch(id, 1)],
  ['POST', /^\/v1\/files$/, ({ body }) => file(freshId('file', 'anthropic'), body.length)],
  ['GET', /^\/v1\/files$/, () => page([])],
  ['GET', /^\/v1\/files\/([^/]+)$/, (_, id) => file(id, 1)],
];

/** What lives in an Anthropic account beside the messages; as much of it as a pass-through needs. */
export function serveAccount(request: SimRequest): HostReply | undefined {
  for (const [method, path, make] of ROUTES) {
    const match = method === request.method ? path.exec(request.path) : null;
    const body = match && make(request, match[1] ?? '');
    if (body) return { kind: 'json', body };
  }
  return undefined;
}
