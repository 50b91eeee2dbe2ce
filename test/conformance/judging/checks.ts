import { findPath } from '../../../local/json';
import { betasOf, takeApart } from '../../../local/hosts/requests/recorded-request';
import { ask, bodyOf, parsed, PROMPT } from '../ask';
import { errorOf, expectedText, judge, record, streamedText } from './outcome';
import { waitUntil, type Observed } from '../run-case';
import type { WallCheck, WallCase } from '../cases/wall-case';
import { MODEL } from '../world';

/** `ok` undefined: cannot be told of this gateway. */
export interface WallFinding {
  readonly ok: boolean | undefined;
  readonly detail: string;
}
type Kind = WallCheck['check'];
type Of<K extends Kind> = WallCheck & { readonly check: K };
type Rule<K extends Kind> = (check: Of<K>, observed: Observed) => WallFinding | Promise<WallFinding>;

const ALIVE_WITHIN_S = 10;
const STOPPED_WITHIN_MS = 5000;

const found = (ok: boolean | undefined, detail: string): WallFinding => ({ ok, detail });
const times = (observed: Observed, host: number) =>
  observed.world
    .calls(host)
    .map(({ when }, _, [first]) => ((when - (first?.when ?? when)) * observed.clock.speed) / 1000);

/** The first host gave the answer. */
const wasFirst = (asked: readonly number[]) => asked[0]! > 0 && asked.slice(1).every((count) => count === 0);
const healsAt = (script: WallCase['script']) =>
  script?.kind === 'sequence' ? (script.healAfterS ?? Infinity) : Infinity;

const RULES: { readonly [K in Kind]: Rule<K> } = {
  attempts: ({ host, atLeast = 0, atMost = Infinity }, { world }) => {
    const { length } = world.calls(host);
    return found(length >= atLeast && length <= atMost, `${length} at host ${host}`);
  },
  burst: ({ host, withinS, atMost }, observed) => {
    const { length } = times(observed, host).filter((time) => time < withinS);
    return found(length <= atMost, `${length} within ${withinS} s`);
  },
  'pause-before-retry': ({ host, atLeastS }, observed) => {
    const second = times(observed, host)[1];
    return found(second !== undefined && second >= atLeastS, second === undefined ? 'none' : `${second.toFixed(2)} s`);
  },
  within: ({ s }, { seen }) => {
    const took = seen.elapsedMs / 1000;
    return found(took <= s, `${took.toFixed(1)} s`);
  },
  'first-byte-within': ({ s }, { seen }) => {
    const took = (seen.firstByteMs ?? Infinity) / 1000;
    return found(took <= s, `${took.toFixed(1)} s`);
  },
  usage: (_, { seen }) => {
    const usages = [...seen.events.map(({ data }) => data), parsed(seen.text)].map((data) => record(data?.['usage']));
    const tokens = usages.map((usage) => Number(usage['output_tokens'] ?? 0));
    return found(Math.max(...tokens) > 1, `${Math.max(...tokens)} output tokens`);
  },
  'asked-model': (_, { seen, target }) => {
    const model = String(
      record(seen.events.find(({ event }) => event === 'message_start')?.data?.['message'])['model'],
    );
    return found([MODEL, target.model].includes(model), `model ${model}`);
  },
  'served-by': ({ host }, { seen, target }) => {
    if (!target.servedBy) return found(undefined, 'its headers are not known');
    const named = target.servedBy(seen.headers);
    return found(named === host, named === undefined ? 'no header says' : `host ${named}`);
  },
  alive: async (_, { world, target, clock }) => {
    await world.heal();
    const seen = await ask({}, target, { clock, hangsAfterMs: ALIVE_WITHIN_S * 1000 });
    const { outcome, why } = judge(seen, {}, target);
    return found(outcome === 'answer', why);
  },
  untouched: (_, { seen }) => {
    const { type, message } = errorOf(seen);
    const isWhole = typeof type === 'string' && /messages|tool|web_search/.test(String(message));
    return found(isWhole, String(message).slice(0, 120));
  },
  'error-event': (_, { seen }) => {
    const last = seen.events.at(-1);
    const { type, message } = record(last?.data?.['error']);
    const isWellFormed = last?.event === 'error' && typeof type === 'string' && typeof message === 'string';
    return found(seen.status !== 200 || isWellFormed, `ends with ${last?.event ?? 'nothing'}`);
  },
  'one-answer': (_, observed) => {
    const starts = observed.seen.events.filter(({ event }) => event === 'message_start').length;
    const isPrefix = expectedText(observed.case.ask ?? {}).startsWith(streamedText(observed.seen));
    return found(
      starts <= 1 && isPrefix,
      `${starts} message_start, ${isPrefix ? 'nothing twice' : 'text out of order'}`,
    );
  },
  pings: (_, { seen }) => {
    const pings = seen.events.filter(({ event }) => event === 'ping').length;
    return found(pings > 0, `${pings} pings`);
  },
  'no-prefill': (_, { world }) => {
    const prefilled = world.hosts
      .flatMap((_host, at) => world.calls(at))
      .filter(({ body }) => {
        const messages = parsed(body.toString())?.['messages'];
        return Array.isArray(messages) && record(messages.at(-1))['role'] === 'assistant';
      }).length;
    return found(prefilled === 0, `${prefilled} requests with a prefill`);
  },
  unbuffered: (_, { seen, world, target, clock }) => {
    if (target.holdsBack) return found(undefined, 'every answer is held back until it is complete');
    const deltas = seen.events.filter(({ event }) => event === 'content_block_delta').map(({ atMs }) => atMs);
    const spread = (deltas.at(-1) ?? 0) - (deltas[0] ?? 0);
    const sent = ((deltas.length - 1) * (world.case.tokenMs ?? 15)) / clock.speed;
    return found(deltas.length > 1 && spread >= sent * 0.4, `${spread.toFixed(0)} ms of ${sent.toFixed(0)} ms`);
  },
  'served-during-outage': (_, { case: { script }, items }) => {
    const heal = healsAt(script);
    const during = items.filter(({ atS }) => atS < heal);
    const served = during.filter(({ outcome }) => outcome === 'answer').length;
    return found(served === during.length, `${served} of ${during.length}`);
  },
  ramps: (_, { items, case: { script } }) => {
    const heal = healsAt(script);
    const first = items.findIndex(({ atS, asked }) => atS >= heal && wasFirst(asked));
    const later = first < 0 ? [] : items.slice(first + 1);
    const elsewhere = later.filter(({ asked }) => asked[1]! > 0).length;
    return found(elsewhere > 0, `${elsewhere} of the next ${later.length} went to the fallback`);
  },
  status: ({ is }, { seen }) => found(seen.status === is, `status ${seen.status}`),
  'error-type': ({ is }, { seen }) => found(errorOf(seen)['type'] === is, `type ${String(errorOf(seen)['type'])}`),
  headers: ({ names }, { seen }) => {
    const missing = names.filter((name) => seen.headers[name] === undefined);
    return found(missing.length === 0, missing.length === 0 ? 'all there' : `missing ${missing.join(', ')}`);
  },
  'names-dropped': ({ field }, { seen }) => {
    const named = Object.values(seen.headers).some((value) => value.includes(field));
    return found(named, named ? 'named' : 'no header names it');
  },
  bytes: ({ host, atMost }, { world }) => {
    const sent = world.calls(host).reduce((sum, call) => sum + call.sent, 0);
    return found(sent <= atMost, `${sent} bytes from host ${host}`);
  },
  'same-messages': ({ host }, { world, case: { ask: question = {} }, target }) => {
    const wanted = JSON.stringify(bodyOf(question, target, PROMPT)['messages']);
    const sent = world.calls(host).map(({ body }) => JSON.stringify(parsed(body.toString())?.['messages']));
    return found(
      sent.every((messages) => messages === wanted),
      `${sent.length} requests at host ${host}`,
    );
  },
  stopped: async ({ host }, { world }) => {
    const stopped = await waitUntil(() => world.calls(host)[0]?.aborted === true, STOPPED_WITHIN_MS);
    return found(stopped, stopped ? 'stopped' : 'goes on');
  },
  'rarely-asked-at-last': ({ host }, { items }) => {
    // A breaker's probe is allowed.
    const later = items.slice(items.length >> 1).filter(({ asked }) => asked[host]! > 0).length;
    return found(later <= items.length >> 2, items.map(({ asked }) => asked[host]).join(' '));
  },
  recovered: ({ withinS }, { items, case: { script } }) => {
    const heal = healsAt(script);
    const back = items.find(({ atS, asked, outcome }) => atS >= heal && wasFirst(asked) && outcome === 'answer');
    return found(
      back !== undefined && back.atS - heal <= withinS,
      back ? `${(back.atS - heal).toFixed(1)} s` : 'never',
    );
  },
  sent: ({ host, path, has = [], lacks = [], betas }, { world }) => {
    const last = world.calls(host).at(-1);
    if (!last) return found(false, `host ${host} was not asked`);
    const request = takeApart(last);
    const sent = [...new Set(betasOf(request))];
    const wrong = [
      ...(path !== undefined && !new RegExp(path).test(request.path) ? [`path ${request.path}`] : []),
      ...has.filter((field) => findPath(request.json, field) === undefined).map((field) => `no ${field}`),
      ...lacks.filter((field) => findPath(request.json, field) !== undefined).map((field) => `has ${field}`),
      ...(betas && betas.join() !== sent.join() ? [`betas ${sent.join() || 'none'}`] : []),
    ];
    return found(wrong.length === 0, wrong.join(', ') || 'as it must');
  },
};

export function examine(check: WallCheck, observed: Observed): WallFinding | Promise<WallFinding> {
  return (RULES[check.check] as Rule<Kind>)(check as Of<Kind>, observed);
}
