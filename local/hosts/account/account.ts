import { anthropic } from '../faults/error-spec';
import type { SimRequest } from '../requests/recorded-request';
import { knows, refuse, type AccountOptions, type AccountReply, type HostReply, type WireOptions } from '../wires/wire';
import { createBatches } from './batches';
import { createFiles } from './files';
import { createModelShelf, type Model } from './models';

type Serve = (request: SimRequest, id: string) => AccountReply | Promise<AccountReply>;
type Route = readonly [method: string, path: RegExp, serve: Serve];

/** What lives in an Anthropic account beside the messages; undefined for a path that it does not have. */
export function createAccount(
  options: WireOptions,
  own: AccountOptions,
): (request: SimRequest) => HostReply | undefined {
  const models = createModelShelf((id) => knows(options, id));
  const batches = createBatches(options, own);
  const files = createFiles(own);
  const routes: readonly Route[] = [
    ['GET', /^\/v1\/models$/, ({ query }) => models.page(query, (model) => model)],
    ['GET', /^\/v1\/models\/([^/]+)$/, (_, id) => one(models.get(id), id)],
    ['POST', /^\/v1\/messages\/batches$/, batches.create],
    ['GET', /^\/v1\/messages\/batches$/, batches.list],
    ['GET', /^\/v1\/messages\/batches\/([^/]+)$/, batches.show],
    ['DELETE', /^\/v1\/messages\/batches\/([^/]+)$/, batches.remove],
    ['POST', /^\/v1\/messages\/batches\/([^/]+)\/cancel$/, batches.cancel],
    ['GET', /^\/v1\/messages\/batches\/([^/]+)\/results$/, batches.results],
    ['POST', /^\/v1\/files$/, files.upload],
    ['GET', /^\/v1\/files$/, files.list],
    ['GET', /^\/v1\/files\/([^/]+)$/, files.show],
    ['GET', /^\/v1\/files\/([^/]+)\/content$/, files.download],
    ['DELETE', /^\/v1\/files\/([^/]+)$/, files.remove],
  ];
  return (request) => {
    for (const [method, path, serve] of routes) {
      const match = method === request.method ? path.exec(request.path) : null;
      if (match) return { kind: 'deferred', serve: () => serve(request, match[1] ?? '') };
    }
    return undefined;
  };
}

function one(model: Model | undefined, id: string): AccountReply {
  return model ? { kind: 'json', body: model } : refuse(anthropic(404, 'not_found_error', `model: ${id}`));
}
