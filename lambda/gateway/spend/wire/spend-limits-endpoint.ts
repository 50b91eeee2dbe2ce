import { SPEND_PERIODS, type SpendPeriod, type StoredSpendLimit } from '../../../../lib/contract';
import type { GatewayResponse, IncomingRequest } from '../../../engine/gateway';
import { isObject, type JsonObject, parseJson } from '../../../engine/json';
import type { Act } from '../../audit/entries';
import { GatewayError } from '../../gateway-error';
import { json } from '../../json-response';
import type { Client } from '../../plan/clients';
import { readBody } from '../../read-body';
import { limitKey } from '../limits/scope';
import type { Operating } from './operating';
import { effective, members } from './effective';
import { readScope, wrong } from './forms';
import { listLimits, listed } from './limit-list';
import { page, pageOf } from './pages';

/** Into the audit trail, before it is done; rejects where that fails. */
type RecordAct = (act: Act) => Promise<void> | undefined;

export const SPEND_LIMITS_PATH = '/v1/organizations/spend_limits';
const ONE = new RegExp(`^${SPEND_LIMITS_PATH}/(spl_[0-9a-f]{24})$`);
const MAX_BYTES = 64 * 1024;

/** Anthropic's own wire for spend limits, for operators. */
export async function serveSpendLimits(
  operating: Operating,
  request: IncomingRequest,
  client: Client,
  record: RecordAct,
): Promise<GatewayResponse> {
  if (client.isOperator !== true) {
    throw new GatewayError(403, "spend limits are for operators: this key is not an operator's (clients[].operator)");
  }
  const { path, method, id } = request;
  const asked = new URLSearchParams(request.query);
  const respond = (value: unknown): GatewayResponse => json(200, value, id);
  try {
    if (path === SPEND_LIMITS_PATH && method === 'GET') return respond(await list(operating, asked));
    if (path === SPEND_LIMITS_PATH && method === 'POST') {
      return respond(await set(operating, await bodyOf(request), client.name ?? '', record));
    }
    if (path === `${SPEND_LIMITS_PATH}/effective` && method === 'GET') return respond(await report(operating, asked));
    const [, one] = ONE.exec(path) ?? [];
    if (one !== undefined && method === 'GET') return respond((await find(operating, one)).json);
    if (one !== undefined && method === 'DELETE')
      return respond(await remove(operating, one, client.name ?? '', record));
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    operating.failed(error);
    throw new GatewayError(503, 'the table of spend limits cannot be used for the moment; try again', {
      'retry-after': '5',
    });
  }
  throw new GatewayError(
    404,
    `${method} ${path.slice(0, 200)}: there is no such spend limit, or it cannot be asked for so`,
  );
}

async function list({ look }: Operating, asked: URLSearchParams): Promise<JsonObject> {
  const types = valuesOf(asked, 'scope_type');
  const team = asked.get('workspace_id');
  const found = listLimits(await look()).filter(({ json: { scope } }) => {
    const { type, workspace_id } = scope as JsonObject;
    return (types.length === 0 || types.includes(String(type))) && (team === null || workspace_id === team);
  });
  return page(
    found.map(({ json: each }) => [each]),
    pageOf(asked),
  );
}

async function set(operating: Operating, body: JsonObject, by: string, record: RecordAct): Promise<JsonObject> {
  const { amount, period = 'monthly' } = body;
  const scope = readScope(body['scope']);
  if (!isPeriod(period)) throw wrong('period', `one of ${SPEND_PERIODS.join(', ')}`);
  if (amount !== null && (typeof amount !== 'string' || !/^\d{1,12}$/.test(amount))) {
    throw wrong('amount', 'US cents as a string of digits, such as "50000" for 500 USD, or null for no limit');
  }
  operating.checkKnown(scope);
  const key = limitKey(scope);
  const now = operating.now();
  const before = (await operating.look()).stored.find((each) => each.scope === key && each.period === period);
  const limit: StoredSpendLimit = {
    scope: key,
    period,
    ...(amount !== null && { cents: Number(amount) }),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    by,
  };
  const store = operating.store();
  await record({ act: 'set spend limit', target: key, by, details: { period, cents: amount } });
  await store.put(limit);
  await operating.look();
  return listed(limit)!.json;
}

async function find({ look }: Operating, id: string) {
  const found = listLimits(await look()).find((each) => each.json['id'] === id);
  if (found) return found;
  throw new GatewayError(404, `there is no spend limit '${id}'`);
}

async function remove(operating: Operating, id: string, by: string, record: RecordAct): Promise<JsonObject> {
  const { stored } = await find(operating, id);
  if (stored === undefined) {
    throw new GatewayError(400, `spend limit '${id}' is of the configuration; it is taken out there`);
  }
  const store = operating.store();
  await record({ act: 'remove spend limit', target: stored.scope, by, details: { period: stored.period } });
  await store.remove(stored);
  await operating.look();
  return { id, type: 'spend_limit_deleted' };
}

async function report({ look, books, windows, now }: Operating, asked: URLSearchParams): Promise<JsonObject> {
  const periods = valuesOf(asked, 'period');
  const wrongPeriod = periods.find((each) => !isPeriod(each));
  if (wrongPeriod !== undefined) throw wrong('period', `one of ${SPEND_PERIODS.join(', ')}`);
  const users = valuesOf(asked, 'user_ids');
  const [limits, counted] = await Promise.all([look(), books()]);
  const known = { limits, counted, windows, now: now() };
  const all = members(limits, counted).filter(
    (scope) => users.length === 0 || (scope.type === 'user' && users.includes(`${scope.team}/${scope.user}`)),
  );
  const rows = all.map((scope) =>
    effective(scope, periods.length > 0 ? periods.filter(isPeriod) : SPEND_PERIODS, known),
  );
  return page(
    rows.filter((each) => each.length > 0),
    pageOf(asked),
  );
}

const isPeriod = (value: unknown): value is SpendPeriod => SPEND_PERIODS.some((period) => period === value);

/** SDKs write lists with brackets. */
const valuesOf = (asked: URLSearchParams, name: string): string[] => [
  ...asked.getAll(name),
  ...asked.getAll(`${name}[]`),
];

async function bodyOf({ body }: IncomingRequest): Promise<JsonObject> {
  const value = parseJson(new TextDecoder().decode(await readBody(body, MAX_BYTES)));
  if (isObject(value)) return value;
  throw new GatewayError(400, 'the request body must be a JSON object with amount, scope and period');
}
